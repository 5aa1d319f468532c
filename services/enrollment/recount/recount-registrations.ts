import { RegistrationDueMoved } from '#libs/contracts/events/due-date.ts';
import type { WorkingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { approvalDue } from '#libs/law/enrollment/approval.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import { recountDueDay } from '#libs/law/organization/due-date-recount.ts';
import { answerDue } from '#libs/law/organization/duties.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { Directory } from '#libs/platform/directory/directory.ts';
import { type Recorded, recordEvents, recorded } from '#libs/platform/events/outbox.ts';

export type Recounting = {
  tx: Tx;
  directory: Directory;
  calendar: WorkingDayCalendar;
  at: string;
  today: string;
  /** Rows of one transaction. */
  limit: number;
};

type Row = {
  person: string;
  enrollment: string;
  school: string;
  place: string;
  province: string;
  status: 'PENDING_APPROVAL' | 'RETURNED_TO_SCHOOL';
  since: Date | string;
  due_on: string;
  provisional: boolean;
  calendar: string | null;
  version: number;
};

/**
 * Counts again until when registrations wait: for the authority from the day on which they were handed in (ENR-08), for
 * the school from the day on which they were sent back (ORG-06). A fixed day of which no calendar is known stays, and
 * is under the one in force from then on. Returns how many were looked at.
 */
export const recountRegistrations = async (recounting: Recounting): Promise<number> => {
  const { tx, calendar, at, limit } = recounting;
  const rows = await query<Row>(
    tx,
    `select e.person_id as person, e.enrollment_id as enrollment, e.school, e.place, e.province, e.status,
            case e.status when 'PENDING_APPROVAL' then coalesce(e.resubmitted_at, e.registered_at)
              else e.decided_at end as since,
            e.due_on::text, e.due_provisional as provisional, e.due_calendar as calendar, p.version
     from enrollment e join pupil p on p.person_id = e.person_id
     where e.status in ('PENDING_APPROVAL', 'RETURNED_TO_SCHOOL') 
       and (e.due_calendar is null or e.due_calendar < $1 or e.due_calendar > $1)
     order by e.due_on, e.person_id limit $2 for update skip locked`,
    [calendar.version, limit],
  );
  const events: Recorded[] = [];
  for (const row of rows) events.push(...(await recount(recounting, row)));
  await recordEvents(tx, at, events);
  return rows.length;
};

const recount = async ({ tx, directory, calendar, today }: Recounting, row: Row): Promise<Recorded[]> => {
  const school = await directory.school(row.school);
  if (school === undefined) throw new Error('A registration names a school that nobody knows');
  const dueOf = row.status === 'PENDING_APPROVAL' ? approvalDue : answerDue;
  const { counted } = dueOf(new Date(row.since), lawPlaceOfSchool(school), calendar);
  const kept = { dueOn: row.due_on, provisional: row.provisional, calendarVersion: row.calendar };
  const { change, due } = recountDueDay({ ...kept, counted }, today, calendar);
  await execute(
    tx,
    `update enrollment set due_on = $3, due_provisional = $4, due_calendar = $5
     where person_id = $1 and enrollment_id = $2`,
    [row.person, row.enrollment, due.dueOn, due.provisional, due.calendarVersion],
  );
  if (change === 'NONE') return [];
  await execute(tx, 'update pupil set version = version + 1 where person_id = $1', [row.person]);
  return [
    recorded(RegistrationDueMoved, row.person, row.version + 1, {
      person: row.person,
      enrollment: row.enrollment,
      school: row.school,
      place: Number(row.place),
      province: row.province,
      change,
      dueOn: due.dueOn,
    }),
  ];
};
