import { recountDueDay } from '#libs/law/organization/due-date-recount.ts';
import { execute } from '#libs/platform/database/query.ts';
import { recordEvents } from '#libs/platform/events/outbox.ts';
import { problemsWhere, saveProblem, UNSETTLED } from '../problems/problem-rows.ts';
import { isStale, type Recounting } from './recounting.ts';

/** Counts open problem records again; returns how many were looked at. */
export const recountProblems = async (recounting: Recounting): Promise<number> => {
  const { core, tx, calendar, at, today, limit } = recounting;
  const rows = await problemsWhere(
    tx,
    `state in ${UNSETTLED} and counted_days is not null and ${isStale('calendar_version')}
     order by due_on, person_id limit $2 for update skip locked`,
    [calendar.version, limit],
  );
  for (const record of rows) {
    const counted = record.counted ?? undefined;
    const { change, due } = recountDueDay({ ...record, counted }, today, calendar);
    if (change === 'NONE') {
      await execute(
        tx,
        'update problem_record set calendar_version = $3 where person_id = $1 and problem_id = $2',
        [record.person, record.id, calendar.version],
      );
      continue;
    }
    const after = { ...record, ...due, version: record.version + 1 };
    const happening = { act: 'DUE_MOVED', unit: 'SYSTEM', by: 'SYSTEM', at, note: null, papers: [] };
    await recordEvents(tx, at, [await saveProblem(tx, core.sealing, after, happening)]);
  }
  return rows.length;
};
