import { recountDueDay } from '#libs/law/organization/due-date-recount.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { updatesWhere } from '../updates/update-reads.ts';
import { saveUpdate } from '../updates/update-rows.ts';
import { isStale, type Recounting } from './recounting.ts';

type Row = { person_id: string; update_id: string; from: string; days: number };

/** Counts the open steps of changes of information again; returns how many were looked at. */
export const recountUpdates = async (recounting: Recounting): Promise<number> => {
  const { tx, calendar, limit } = recounting;
  const rows = await query<Row>(
    tx,
    `select s.person_id, s.update_id, s.counted_from::text as from, s.counted_days as days from update_step s
     join information_update u on u.person_id = s.person_id and u.update_id = s.update_id
     where s.decided_at is null and u.ended_at is null and s.counted_days is not null
       and ${isStale('s.calendar_version')}
     order by s.due_on, s.person_id limit $2`,
    [calendar.version, limit],
  );
  for (const row of rows) await recount(recounting, row);
  return rows.length;
};

/** The pupil is locked first, as whoever decides does, and the step looked at again. */
const recount = async (
  { core, tx, calendar, at, today }: Recounting,
  { person_id, update_id, from, days }: Row,
): Promise<void> => {
  await query(tx, 'select 1 from person where person_id = $1 for update', [person_id]);
  const [record] = await updatesWhere(
    tx,
    core.sealing,
    'person_id = $1 and update_id = $2 and ended_at is null for update',
    [person_id, update_id],
  );
  const step = record?.steps.at(-1);
  if (record === undefined || step === undefined || step.calendarVersion === calendar.version) return;
  const { change, due } = recountDueDay({ ...step, counted: { from, workingDays: days } }, today, calendar);
  if (change === 'NONE') {
    await execute(
      tx,
      `update update_step set calendar_version = $3
       where person_id = $1 and update_id = $2 and decided_at is null`,
      [person_id, update_id, calendar.version],
    );
    return;
  }
  const steps = [...record.steps.slice(0, -1), { ...step, ...due }];
  await saveUpdate(tx, at, record, { ...record, steps, version: record.version + 1 }, 'SYSTEM');
};
