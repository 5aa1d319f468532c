import type { WorkingDayDeadline } from '#libs/law/working-days.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { type Admission, admissionsById } from '../yearly/admission-rows.ts';

export type CancellationGround = 'NO_SHOW' | 'IMPROPER_MEANS';
export type CancellationOutcome = 'CANCELLED' | 'NOT_AGREED' | 'UNFOUNDED' | 'REASSIGN_SCHOOL';

/** What may become of an admission before, or in place of, the pupil's studying there. */
export type AdmissionCourse = {
  opensOn: string | null;
  noShowAfter: string | null;
  provisional: boolean;
  extendedUntil: string | null;
  noShowOn: string | null;
  ground: CancellationGround | null;
  reason: string | null;
  askedAt: string | null;
  dueOn: string | null;
  /** The day was counted by a calendar that is not published yet. */
  dueProvisional: boolean;
  outcome: CancellationOutcome | null;
  answer: string | null;
};

type Row = {
  admission_id: string;
  opens_on: string | null;
  no_show_after: string | null;
  no_show_provisional: boolean;
  extended_until: string | null;
  no_show_on: string | null;
  cancel_ground: CancellationGround | null;
  cancel_reason: string | null;
  cancel_asked_at: Date | null;
  cancel_due_on: string | null;
  cancel_due_provisional: boolean;
  cancel_outcome: CancellationOutcome | null;
  cancel_answer: string | null;
};

const columns = `admission_id, opens_on::text, no_show_after::text, no_show_provisional, extended_until::text,
  no_show_on::text, cancel_ground, cancel_reason, cancel_asked_at, cancel_due_on::text,
  cancel_due_provisional, cancel_outcome, cancel_answer`;

const courseOf = (row: Row): AdmissionCourse => ({
  opensOn: row.opens_on,
  noShowAfter: row.no_show_after,
  provisional: row.no_show_provisional,
  extendedUntil: row.extended_until,
  noShowOn: row.no_show_on,
  ground: row.cancel_ground,
  reason: row.cancel_reason,
  askedAt: row.cancel_asked_at && new Date(row.cancel_asked_at).toISOString(),
  dueOn: row.cancel_due_on,
  dueProvisional: row.cancel_due_provisional,
  outcome: row.cancel_outcome,
  answer: row.cancel_answer,
});

export type CoursedAdmission = Admission & { course: AdmissionCourse };

/** Admissions with their courses, as far as the scope covers them; locked where asked. */
export const coursesOf = async (
  tx: Tx,
  ids: readonly string[],
  lock = false,
): Promise<CoursedAdmission[]> => {
  const admissions = await admissionsById(tx, ids, lock);
  const rows = await query<Row>(tx, `select ${columns} from admission where admission_id = any($1::uuid[])`, [
    ids,
  ]);
  const byId = new Map(rows.map((row) => [row.admission_id, courseOf(row)]));
  return admissions.flatMap((admission) => {
    const course = byId.get(admission.id);
    return course === undefined ? [] : [{ ...admission, course }];
  });
};

/** Ids of admissions that meet a condition of ours. */
export const admissionsWhere = async (
  tx: Tx,
  condition: string,
  parameters: readonly unknown[],
): Promise<string[]> =>
  (
    await query<{ admission_id: string }>(
      tx,
      `select admission_id from admission where ${condition}`,
      parameters,
    )
  ).map((row) => row.admission_id);

/** The pupil has not come: noted once. */
export const noteNoShow = (
  tx: Tx,
  { person, id }: Admission,
  today: string,
  entry: string | null,
): Promise<number> =>
  execute(
    tx,
    'update admission set no_show_on = $3, entry_id = $4 where person_id = $1 and admission_id = $2',
    [person, id, today, entry],
  );

export type Asked = {
  ground: CancellationGround;
  reason: string;
  by: string;
  at: string;
  due: Pick<WorkingDayDeadline, 'dueDate' | 'provisional' | 'calendarVersion'>;
};

/** The school asks for the end of an admission; its authority has yet to answer. */
export const askEnd = (tx: Tx, { person, id }: Admission, asked: Asked): Promise<number> =>
  execute(
    tx,
    `update admission set cancel_ground = $3, cancel_reason = $4, cancel_asked_by = $5, cancel_asked_at = $6,
       cancel_due_on = $7, cancel_due_provisional = $8, cancel_due_calendar = $9, cancel_outcome = null, cancel_answer = null, version = version + 1
     where person_id = $1 and admission_id = $2`,
    [
      ...[person, id, asked.ground, asked.reason, asked.by, asked.at],
      ...[asked.due.dueDate, asked.due.provisional, asked.due.calendarVersion],
    ],
  );

/** What the authority has answered; a cancelled admission has ended. */
export const answerEnd = (
  tx: Tx,
  { person, id }: Admission,
  answer: { outcome: CancellationOutcome; reason: string; by: string; at: string },
): Promise<number> =>
  execute(
    tx,
    `update admission set cancel_outcome = $3, cancel_answer = $4, cancel_decided_by = $5, cancel_decided_at = $6,
       state = case when $3 = 'CANCELLED' then 'CANCELLED' else state end,
       ended_at = case when $3 = 'CANCELLED' then $6 else ended_at end,
       ended_by = case when $3 = 'CANCELLED' then $5 else ended_by end, version = version + 1
     where person_id = $1 and admission_id = $2`,
    [person, id, answer.outcome, answer.reason, answer.by, answer.at],
  );
