import { EnrollmentApproved, EnrollmentRejected } from '#libs/contracts/events/enrollment.ts';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import type { EnrollmentStatus, Stage } from '#libs/contracts/vocabulary.ts';
import type { WorkingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import type { RefusalGround } from '#libs/law/enrollment/lawful-refusal.ts';
import type { Finding, LawPlace } from '#libs/law/finding.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import { answerDue } from '#libs/law/organization/duties.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import { type Recorded, recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import type { Decided } from '../decision/decide.ts';
import { giveUpSeats } from '../seat.ts';

/** A registration that is decided on, as it is locked; `version` is the pupil's. */
export type Row = {
  person: string;
  enrollment: string;
  school: string;
  place: string;
  province: string;
  stage: Stage;
  status: EnrollmentStatus;
  held: Finding[];
  entered_by: string[];
  class_id: string | null;
  version: number;
};

/** Who decides, when and in which words. */
type Deciding = { tx: Tx; at: string; by: string; reason: string | null; ground: RefusalGround | null };

export const placeOf = (row: Row, school: SchoolFact | undefined): LawPlace =>
  school ? lawPlaceOfSchool(school) : { province: row.province };

const eventOf = ({ row, decided }: { row: Row; decided: Decided }): Recorded => {
  const placement = {
    person: row.person,
    enrollment: row.enrollment,
    school: row.school,
    place: Number(row.place),
    province: row.province,
    status: decided.status,
  };
  return decided.status === 'IN_SCHOOL'
    ? recorded(EnrollmentApproved, row.person, row.version + 1, placement)
    : recorded(EnrollmentRejected, row.person, row.version + 1, { ...placement, final: decided.final });
};

/** What becomes of a row; `answer`: when a school should have answered what is sent back to it (ORG-06). */
export type Change = { row: Row; decided: Decided; answer: ReturnType<typeof answerDue> | null };

export const changeOf = (
  { at, calendar }: { at: string; calendar: WorkingDayCalendar },
  row: Row,
  decided: Decided,
  school: SchoolFact | undefined,
): Change => ({
  row,
  decided,
  answer:
    decided.status === 'RETURNED_TO_SCHOOL' ? answerDue(new Date(at), placeOf(row, school), calendar) : null,
});

/** Whom the school does not register gives up the seat that was kept meanwhile. */
export const saveDecisions = async (deciding: Deciding, changes: readonly Change[]): Promise<void> => {
  if (changes.length === 0) return;
  const { tx, at } = deciding;
  const persons = changes.map(({ row }) => row.person);
  await giveUpSeats(
    tx,
    changes.flatMap(({ row, decided }) => (decided.active ? [] : [row.class_id])),
  );
  await execute(tx, 'update pupil set version = version + 1 where person_id = any($1::uuid[])', [persons]);
  await execute(
    tx,
    `update enrollment e set status = r.status, active = r.active, class_id = case when r.active then e.class_id end,
       decided_at = $5, decided_by = $6,
       decision_reason = $7, refusal_ground = $10, due_on = coalesce(r.due, e.due_on),
       due_provisional = coalesce(r.provisional, e.due_provisional), due_calendar = coalesce(r.calendar, e.due_calendar)
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::boolean[], $8::date[], $9::boolean[],
         $11::text[]) as r (person, enrollment, status, active, due, provisional, calendar)
     where e.person_id = r.person and e.enrollment_id = r.enrollment`,
    [
      persons,
      changes.map(({ row }) => row.enrollment),
      changes.map(({ decided }) => decided.status),
      changes.map(({ decided }) => decided.active),
      at,
      deciding.by,
      deciding.reason,
      changes.map(({ answer }) => answer?.dueDate ?? null),
      changes.map(({ answer }) => answer?.provisional ?? null),
      deciding.ground,
      changes.map(({ answer }) => answer?.calendarVersion ?? null),
    ],
  );
  await recordEvents(tx, at, changes.map(eventOf));
};
