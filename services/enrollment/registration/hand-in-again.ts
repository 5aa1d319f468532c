import { EnrollmentResubmitted } from '#libs/contracts/events/enrollment.ts';
import type { approvalDue } from '#libs/law/enrollment/approval.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { giveUpSeat } from '../seat.ts';
import type { IntakeFacts } from './intake.ts';

/** A registration that was sent back, locked together with its pupil. */
export type Returned = {
  person: string;
  enrollment: string;
  school: string;
  place: string;
  province: string;
  stage: string;
  entry_year_adj: number;
  class_id: string | null;
  channel: string;
  status: string;
  version: number;
};

export const lockReturned = async (
  tx: Tx,
  person: string,
  enrollment: string,
): Promise<Returned | undefined> =>
  (
    await query<Returned>(
      tx,
      `select e.person_id as person, e.enrollment_id as enrollment, e.school, e.place, e.province, e.stage,
              e.entry_year_adj, e.class_id, e.channel, e.status, p.version
       from pupil p join enrollment e on e.person_id = p.person_id
       where p.person_id = $1 and e.enrollment_id = $2 for update`,
      [person, enrollment],
    )
  )[0];

type Again = {
  at: string;
  due: ReturnType<typeof approvalDue>;
  note: string;
  /** What the corrected form says; null where only a note is handed in. */
  facts: IntakeFacts | null;
  /** Login that hands it in. */
  by: string;
};

/**
 * The registration waits for its authority again, with a new term, and with what its form says now (W-03). Why it was
 * sent back stays beside what the school says to it.
 */
export const handInAgain = async (
  tx: Tx,
  row: Returned,
  { at, due, note, facts, by }: Again,
): Promise<void> => {
  await execute(
    tx,
    `update enrollment set status = 'PENDING_APPROVAL', school_note = $3, resubmitted_at = $6, due_on = $4,
       due_provisional = $5, due_calendar = $7, entered_by = entered_by || $8::text where person_id = $1 and enrollment_id = $2`,
    [row.person, row.enrollment, note, due.dueDate, due.provisional, at, due.calendarVersion, by],
  );
  if (facts !== null) await takeOver(tx, row, facts);
  await execute(tx, 'update pupil set version = version + 1 where person_id = $1', [row.person]);
  await recordEvents(tx, at, [
    recorded(EnrollmentResubmitted, row.person, row.version + 1, {
      person: row.person,
      enrollment: row.enrollment,
      school: row.school,
      place: Number(row.place),
      province: row.province,
      status: 'PENDING_APPROVAL',
      ...(facts === null ? {} : { corrected: countedOf(facts) }),
    }),
  ]);
};

const countedOf = ({ stage, entryYearAdj, lastGrade, marks }: IntakeFacts) => ({
  stage,
  entryYearAdj,
  lastGrade,
  marks,
});

/** Another cohort is another class: the seat in the former one is given up. */
const takeOver = async (tx: Tx, row: Returned, facts: IntakeFacts): Promise<void> => {
  const staysInClass = row.stage === facts.stage && row.entry_year_adj === facts.entryYearAdj;
  if (!staysInClass) await giveUpSeat(tx, row.class_id);
  await execute(
    tx,
    `update enrollment set stage = $3, entry_year_adj = $4, last_grade = $5, class_wanted = $6, marks = $7::jsonb,
       held = $8::jsonb, class_id = $9 where person_id = $1 and enrollment_id = $2`,
    [
      row.person,
      row.enrollment,
      facts.stage,
      facts.entryYearAdj,
      facts.lastGrade,
      facts.classWanted,
      JSON.stringify(facts.marks),
      JSON.stringify(facts.held),
      staysInClass ? row.class_id : null,
    ],
  );
};
