import { z } from 'zod';
import { Uuid } from '#libs/contracts/ids.ts';
import { type Finding, finding, type LawPlace } from '#libs/law/finding.ts';
import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker, inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction, versionConflict } from '#libs/platform/errors/errors.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { lockRegistration, type Registration } from '../cases/situation.ts';
import type { Entry } from './entry.ts';
import { lockEntry } from './entry-rows.ts';
import { lawPlaceOfEntry } from './entry-situation.ts';
import { type LedgerAct, stateAfter } from './ledger.ts';

/** What every order about an entry brings. */
export const EntryOrder = z.object({
  idempotencyKey: z.string().min(1).max(100),
  entry: Uuid,
  expectedVersion: z.int(),
});
export type EntryOrder = z.infer<typeof EntryOrder>;

export const Note = z.string().trim().min(1).max(2000);

export type Moved = { entry: string | null; findings: Finding[] };

/** An entry under its lock, and everything around it. */
export type EntryAtWork = {
  tx: Tx;
  entry: Entry;
  /** The registration that runs, with its pupil's lock; nothing for a child that was never registered. */
  registration: Registration | undefined;
  today: string;
  now: string;
  lawPlace: LawPlace;
  /** Whom the caller acts for. */
  unit: string;
};

/** Whose entry it is: the school's own staff, or the authority that decides. Nobody above them works on it. */
export const worksOnEntry = (
  { level, school, unit }: Actor,
  entry: Pick<Entry, 'school' | 'authority'>,
): boolean => (level === 'SCHOOL' ? school === entry.school : unit === entry.authority);

const noSuchWay = ({ entry, today, lawPlace }: EntryAtWork): Finding =>
  finding('ENR-60', {
    code: 'LEDGER_STATE_DOES_NOT_ALLOW',
    outcome: 'REJECT',
    message: '台账当前状态不能办理此项。',
    messageEn: `An entry in state ${entry.state} knows no such step.`,
    path: ['entry'],
    remedy: '请按线索、核实、书面上报、劝返、责令送学的次序办理。',
    ownerLevel: 'SCHOOL',
    on: today,
    place: lawPlace,
  });

/** The registration that runs: it may have gone on at another school since the entry was opened. */
const runningOf = async (tx: Tx, person: string | null): Promise<Registration | undefined> => {
  if (person === null) return undefined;
  const [row] = await query<{ enrollment: string }>(
    tx,
    'select enrollment_id as enrollment from enrollment where person_id = $1 and active',
    [person],
  );
  return row && lockRegistration(tx, person, row.enrollment);
};

type Way = { core: ServiceCore; caller: Actor; act: LedgerAct; acrossPlaces?: boolean };

/** Runs a step on an entry of the caller's own school or authority, once for each key, where W-15 knows the way. */
export const onEntry = async (
  { core, caller, act, acrossPlaces = false }: Way,
  order: EntryOrder,
  work: (at: EntryAtWork) => Promise<Finding[]>,
): Promise<Moved> => {
  if ((await core.directory.workplaceOf(caller)) === undefined) throw outOfJurisdiction();
  const now = core.clock.now();
  const request = core.sealing.hash('order', JSON.stringify(order)).toString('hex');
  const run = (tx: Tx) =>
    once<Moved>(
      tx,
      { operation: act, caller: caller.subject, key: order.idempotencyKey, request, at: now },
      async () => {
        const entry = await lockEntry(tx, order.entry);
        if (entry === undefined || !worksOnEntry(caller, entry)) throw outOfJurisdiction();
        if (entry.version !== order.expectedVersion) throw versionConflict(entry.version);
        const registration = await runningOf(tx, entry.person);
        const lawPlace = await lawPlaceOfEntry(core, entry);
        const unit = unitOf(caller);
        const at = { tx, entry, registration, today: core.clock.today(), now, lawPlace, unit };
        const findings = stateAfter(entry.state, act) === undefined ? [noSuchWay(at)] : await work(at);
        const isRefused = findings.some(({ outcome }) => outcome === 'REJECT');
        return { entry: isRefused ? null : entry.id, findings };
      },
    );
  const moved = acrossPlaces
    ? await asWorker(core.worker, run)
    : await inScope(core.app, await core.directory.scopeOf(caller), run);
  core.wakeRelay();
  return moved;
};
