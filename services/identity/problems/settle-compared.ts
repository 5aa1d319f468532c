import { stateAfterOccurrence } from '#libs/law/identity/problem-course.ts';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import type { Recorded } from '#libs/platform/events/outbox.ts';
import { problemsWhere, saveProblem } from './problem-rows.ts';

/**
 * Settles the records of comparisons that failed, for persons whom the population register knows as they are kept now
 * (W-22, ID-19). Their fault is no more, so nobody decides on it; the events are for the caller to record.
 */
export const settleCompared = async (
  tx: Tx,
  sealing: Sealing,
  persons: readonly string[],
  at: string,
): Promise<Recorded[]> => {
  if (persons.length === 0) return [];
  const records = await problemsWhere(
    tx,
    `person_id = any($1::uuid[]) and kind = 'COMPARISON_FAILED' order by person_id, problem_id for update`,
    [persons],
  );
  const events: Recorded[] = [];
  for (const record of records) {
    const state = stateAfterOccurrence(record.state, 'COMPARISON_PASSED');
    if (state === undefined) continue;
    const after = { ...record, state, resolution: 'DATA_CORRECTED' as const, version: record.version + 1 };
    const happening = {
      ...{ act: 'COMPARISON_PASSED', unit: 'SYSTEM', by: 'SYSTEM', at, note: null, papers: [] },
    };
    events.push(await saveProblem(tx, sealing, after, happening));
  }
  return events;
};
