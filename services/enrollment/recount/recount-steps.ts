import { recountDueDay } from '#libs/law/organization/due-date-recount.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { lockCase, saveCase } from '../cases/case-rows.ts';
import type { Recounting } from './recount-registrations.ts';

type Row = {
  person: string;
  case: string;
  ordinal: number;
  from: string;
  days: number;
};

/** Counts again until when the open steps of cases wait; returns how many were looked at. */
export const recountSteps = async (recounting: Recounting): Promise<number> => {
  const { tx, calendar, limit } = recounting;
  const rows = await query<Row>(
    tx,
    `select person_id as person, case_id as case, ordinal, counted_from::text as from, counted_days as days
     from case_step s
     where decided_at is null and counted_days is not null and (calendar_version < $1 or calendar_version > $1)
       and exists (select from enrollment_case c
                   where c.person_id = s.person_id and c.case_id = s.case_id and c.state = 'RUNNING')
     order by due_on, person_id, case_id limit $2`,
    [calendar.version, limit],
  );
  for (const row of rows) await recount(recounting, row);
  return rows.length;
};

/**
 * The case is locked first, as whoever decides on it does, and the step looked at again: it may have been decided, or
 * counted by another process.
 */
const recount = async ({ tx, calendar, at, today }: Recounting, row: Row): Promise<void> => {
  const record = await lockCase(tx, row.person, row.case);
  const step = record?.steps[row.ordinal - (record.steps[0]?.ordinal ?? 0)];
  if (record === undefined || step === undefined || step.decidedAt !== null) return;
  if (step.calendarVersion === calendar.version) return;
  const counted = { from: row.from, workingDays: row.days };
  const { change, due } = recountDueDay({ ...step, counted }, today, calendar);
  await execute(
    tx,
    `update case_step set due_on = $4, provisional = $5, calendar_version = $6
     where person_id = $1 and case_id = $2 and ordinal = $3`,
    [row.person, row.case, row.ordinal, due.dueOn, due.provisional, due.calendarVersion],
  );
  if (change === 'NONE') return;
  const moved = { ...step, ...due };
  const steps = record.steps.map((each) => (each === step ? moved : each));
  await saveCase(tx, at, record, { ...record, steps, version: record.version + 1 });
};
