import { residentIdAmong } from '#libs/law/identity/key-change.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type Loop, until } from '#libs/platform/service/loop.ts';
import type { PopulationRegister } from '../../register/population-register.ts';
import { personStates } from '../situation.ts';
import { openProposal, valuesNow } from '../values.ts';
import { checkChange, type Waiting } from './check-change.ts';

/** Most changes of one step; the register takes two hundred persons at once. */
const atOnce = 50;

type Row = { person: string; id: string; version: number; sealed: Uint8Array };

const waitingChanges = ({ worker, sealing }: ServiceCore): Promise<Waiting[]> =>
  asWorker(worker, async (tx) => {
    const rows = await query<Row>(
      tx,
      `select person_id as person, change_id as id, version, sealed from key_change where state = 'RECHECKING'
       order by opened_at, change_id limit ${atOnce}`,
    );
    const states = await personStates(
      tx,
      sealing,
      rows.map(({ person }) => person),
    );
    return rows.flatMap(({ sealed, ...row }) => {
      const values = states.get(row.person)?.values;
      if (values === undefined) return [];
      return [{ ...row, after: valuesNow(values, openProposal(sealing, row.id, sealed)) }];
    });
  });

const comparable = (changes: readonly Waiting[]) =>
  changes.flatMap(({ id, after }) => {
    const idNumber = residentIdAmong(after);
    return idNumber === null ? [] : [{ ref: id, idNumber, name: after.name, birthDate: after.birthDate }];
  });

/** Ends each of the changes by itself: one that cannot be ended holds up no other. Throws the first failure at the end. */
const checkEach = async (changes: readonly Waiting[], end: (change: Waiting) => Promise<void>) => {
  const failures: unknown[] = [];
  for (const change of changes) {
    try {
      await end(change);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
};

/**
 * Searches and compares for approved changes. Without a resident ID number the search alone decides and waits for
 * nobody (ID-06); the others wait as long as the register is out of service, or does not answer for them.
 */
export const checkApproved = async (core: ServiceCore, register: PopulationRegister): Promise<boolean> => {
  const changes = await waitingChanges(core);
  if (changes.length === 0) return false;
  const asked = comparable(changes);
  const needs = new Set(asked.map(({ ref }) => ref));
  const searched = changes.filter(({ id }) => !needs.has(id));
  await checkEach(searched, (change) => checkChange(core, change, undefined));
  if (searched.length > 0) core.wakeRelay();
  if (asked.length === 0) return changes.length === atOnce;
  const compared = await register.compare(asked);
  const answered = changes.filter(({ id }) => compared.has(id));
  await checkEach(answered, (change) => checkChange(core, change, compared.get(change.id)));
  core.wakeRelay();
  return changes.length === atOnce && answered.length > 0;
};

/** Works off approved changes in the background; a register out of service only delays them. */
export const startCheckWorker = (core: ServiceCore, register: PopulationRegister): Loop =>
  until({
    name: 'key change checks',
    log: core.log,
    idle: 500,
    step: () => checkApproved(core, register),
  });
