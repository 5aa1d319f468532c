import { recountDueDay } from '#libs/law/organization/due-date-recount.ts';
import { query } from '#libs/platform/database/query.ts';
import { lockChange, saveChange } from '../key-change/change-rows.ts';
import { currentTurn } from '../key-change/course.ts';
import { updateTurn } from '../key-change/turn-rows.ts';
import { isStale, type Recounting } from './recounting.ts';

/** Counts the open turns of changes of key information again; returns how many were looked at. */
export const recountKeyChanges = async (recounting: Recounting): Promise<number> => {
  const { tx, calendar, limit } = recounting;
  const rows = await query<{ person: string; id: string }>(
    tx,
    `select s.person_id as person, s.change_id as id from key_change_step s
     join key_change c on c.person_id = s.person_id and c.change_id = s.change_id and c.ended_at is null
     where s.decided_at is null and s.counted_days is not null and ${isStale('s.calendar_version')}
     order by s.due_on, s.person_id, s.change_id limit $2`,
    [calendar.version, limit],
  );
  for (const row of rows) await recount(recounting, row);
  return rows.length;
};

/** The change is locked first, as whoever decides on it does, and its turn looked at again. */
const recount = async (
  { tx, calendar, at, today }: Recounting,
  { person, id }: { person: string; id: string },
): Promise<void> => {
  const record = await lockChange(tx, person, id);
  const open = record && currentTurn(record);
  if (record === undefined || open === undefined || open.calendarVersion === calendar.version) return;
  const { change, due } = recountDueDay(open, today, calendar);
  const turn = { ...open, ...due };
  if (change === 'NONE') {
    await updateTurn(tx, record, turn);
    return;
  }
  const steps = record.steps.map((each) => (each === open ? turn : each));
  await saveChange(tx, at, record, { ...record, steps, version: record.version + 1 });
};
