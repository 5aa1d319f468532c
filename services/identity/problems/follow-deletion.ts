import { stateAfterOccurrence } from '#libs/law/identity/problem-course.ts';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { type Recorded, recordEvents } from '#libs/platform/events/outbox.ts';
import { problemsWhere, saveProblem } from './problem-rows.ts';

/** What became of the deletion of a person's number (ID-11), and who did it. */
export type DeletionStep = {
  person: string;
  occurrence: 'DELETION_ASKED' | 'DELETION_REFUSED' | 'NUMBER_DELETED';
  unit: string;
  by: string;
  at: string;
};

/**
 * Lets the problem records of a person that are being settled follow the deletion of the number (W-22): asked for by the
 * province, decided by the ministry. In the transaction of the deletion itself, whose scope covers the person.
 */
export const followDeletion = async (
  tx: Tx,
  sealing: Sealing,
  { person, occurrence, unit, by, at }: DeletionStep,
): Promise<void> => {
  const records = await problemsWhere(tx, 'person_id = $1 order by opened_at, problem_id for update', [
    person,
  ]);
  const events: Recorded[] = [];
  for (const record of records) {
    const state = stateAfterOccurrence(record.state, occurrence);
    if (state === undefined) continue;
    const resolution = state === 'RESOLVED' ? ('RECORD_ENDED' as const) : record.resolution;
    const after = { ...record, state, resolution, version: record.version + 1, lastActor: by };
    events.push(
      await saveProblem(tx, sealing, after, { act: occurrence, unit, by, at, note: null, papers: [] }),
    );
  }
  await recordEvents(tx, at, events);
};
