import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { isRegistrars, unitOf } from './turns.ts';
import { runningUpdates } from './update-reads.ts';
import { saveUpdate } from './update-rows.ts';

/** What was proposed about data that another form has replaced, or a record that has fallen, has nothing to change. */
export const endUpdates = async (tx: Tx, sealing: Sealing, person: string, at: string): Promise<void> => {
  for (const update of await runningUpdates(tx, sealing, person)) {
    const after = { ...update, version: update.version + 1, state: 'WITHDRAWN' as const, endedAt: at };
    await saveUpdate(tx, at, update, after, 'SYSTEM');
  }
};

/** Where a registration goes on. */
export type NewSchool = { person: string; school: string; place: number; province: string };

/**
 * What is still proposed about a child goes to the school, or the authority, that answers for it now, with the day that
 * it had; who handled it elsewhere has not handled it here.
 */
export const handOnUpdates = async (
  core: Pick<ServiceCore, 'sealing' | 'directory'>,
  tx: Tx,
  { person, school: code, place, province }: NewSchool,
  at: string,
): Promise<void> => {
  const school = await core.directory.school(code);
  for (const record of await runningUpdates(tx, core.sealing, person)) {
    const last = record.steps.at(-1);
    if (last === undefined) continue;
    const unit = unitOf(last.party, { school, code });
    const keepsHand = unit === last.unit || isRegistrars(record);
    const step = keepsHand
      ? { ...last, unit }
      : { ...last, unit, handledBy: null, handledAt: null, opinion: null };
    const after = {
      ...record,
      ...{ school: code, place, province, version: record.version + 1 },
      steps: [...record.steps.slice(0, -1), step],
    };
    await saveUpdate(tx, at, record, after, 'SYSTEM');
  }
};
