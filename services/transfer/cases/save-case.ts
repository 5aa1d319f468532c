import type { EventKind } from '#libs/contracts/envelope.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { type Recorded, recordEvents } from '#libs/platform/events/outbox.ts';
import { insertCallUp, updateCallUp } from '../call-up/call-up-rows.ts';
import type { CaseRecord } from './case-record.ts';
import { insertCase, updateCase } from './case-rows.ts';
import { insertStep, updateStep } from './step-rows.ts';

/** Something to be told of a case; the number of the event follows from what was told before. */
export type Told = Pick<Recorded<EventKind>, 'kind' | 'data'>;

/** What every event says of a case. */
export const caseFacts = ({ id, person, kind, source, target }: CaseRecord) => ({
  transfer: id,
  person,
  kind,
  ...{ source: sideFacts(source), target: sideFacts(target) },
});

const sideFacts = ({ school, place, province, authority }: CaseRecord['source']) => ({
  ...{ school, place, province, authority },
});

const tell = (tx: Tx, at: string, { id, events }: CaseRecord, told: readonly Told[]): Promise<void> =>
  recordEvents(
    tx,
    at,
    told.map((each, index) => ({
      ...each,
      aggregate: `transfer:${id}`,
      version: events - told.length + index + 1,
    })),
  );

/** Writes a new draft with its first steps, and tells of it; false where the school has one for the person already. */
export const saveNewCase = async (
  tx: Tx,
  at: string,
  made: CaseRecord,
  told: readonly Told[],
): Promise<boolean> => {
  const record = { ...made, events: told.length };
  if (!(await insertCase(tx, record))) return false;
  await Promise.all([
    ...record.steps.map((step) => insertStep(tx, record, step)),
    tell(tx, at, record, told),
  ]);
  return true;
};

const saveCallUp = async (tx: Tx, before: CaseRecord, record: CaseRecord): Promise<void> => {
  if (record.callUp === null || record.callUp === before.callUp) return;
  await (before.callUp === null ? insertCallUp : updateCallUp)(tx, record, record.callUp);
};

/** Writes a case as it has become, with the steps that changed or followed, and tells of it. */
export const saveCase = async (
  tx: Tx,
  at: string,
  before: CaseRecord,
  after: CaseRecord,
  told: readonly Told[],
): Promise<CaseRecord> => {
  const record = { ...after, version: before.version + 1, events: before.events + told.length };
  const known = new Set(before.steps);
  const isNew = ({ turn, party }: CaseRecord['steps'][number]) =>
    !before.steps.some((step) => step.turn === turn && step.party === party);
  const startedOrEnded = before.startedAt !== record.startedAt || before.endedAt !== record.endedAt;
  await Promise.all([
    ...record.steps
      .filter((each) => !known.has(each))
      .map((step) => (isNew(step) ? insertStep : updateStep)(tx, record, step)),
    updateCase(tx, record, { settleApplications: startedOrEnded }),
    saveCallUp(tx, before, record),
    tell(tx, at, record, told),
  ]);
  return record;
};
