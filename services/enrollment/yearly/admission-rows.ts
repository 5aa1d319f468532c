import type { Stage } from '#libs/contracts/vocabulary.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';

export type AdmissionState = 'ADMITTED' | 'REPORTED' | 'ROLLED_BACK' | 'CANCELLED';

/** An admission as it is kept. */
export type Admission = {
  person: string;
  id: string;
  place: number;
  school: string;
  province: string;
  stage: Stage;
  entryYear: number;
  lastGrade: number;
  fromEnrollment: string;
  fromSchool: string;
  state: AdmissionState;
  version: number;
  admittedAt: string;
  reportedOn: string | null;
  dueOn: string | null;
  enrollment: string | null;
};

type Row = {
  person_id: string;
  admission_id: string;
  place: string;
  school: string;
  province: string;
  stage: Stage;
  entry_year: number;
  last_grade: number;
  from_enrollment: string;
  from_school: string;
  state: AdmissionState;
  version: number;
  admitted_at: Date;
  reported_on: string | null;
  due_on: string | null;
  enrollment_id: string | null;
};

const columns = `person_id, admission_id, place, school, province, stage, entry_year, last_grade, from_enrollment,
  from_school, state, version, admitted_at, reported_on::text, due_on::text, enrollment_id`;

const admissionOf = (row: Row): Admission => ({
  person: row.person_id,
  id: row.admission_id,
  place: Number(row.place),
  school: row.school,
  province: row.province,
  stage: row.stage,
  entryYear: row.entry_year,
  lastGrade: row.last_grade,
  fromEnrollment: row.from_enrollment,
  fromSchool: row.from_school,
  state: row.state,
  version: row.version,
  admittedAt: new Date(row.admitted_at).toISOString(),
  reportedOn: row.reported_on,
  dueOn: row.due_on,
  enrollment: row.enrollment_id,
});

/** Admissions by person and id, in any order, as far as the scope covers them; locked where asked. */
export const admissionsById = async (tx: Tx, ids: readonly string[], lock = false): Promise<Admission[]> => {
  const rows = await query<Row>(
    tx,
    `select ${columns} from admission where admission_id = any($1::uuid[]) order by person_id${lock ? ' for update' : ''}`,
    [ids],
  );
  return rows.map(admissionOf);
};

export type AdmissionPage = {
  school: string;
  state: AdmissionState | null;
  after: unknown[] | undefined;
  size: number;
};

/** Admissions of a school, oldest first. */
export const admissionsOfSchool = async (
  tx: Tx,
  { school, state, after, size }: AdmissionPage,
): Promise<Admission[]> => {
  const rows = await query<Row>(
    tx,
    `select ${columns} from admission where school = $1 and ($2::text is null or state = $2)
       and ($3::timestamptz is null or (admitted_at, admission_id) > ($3::timestamptz, $4::uuid))
     order by admitted_at, admission_id limit $5`,
    [school, state, after?.[0] ?? null, after?.[1] ?? null, size],
  );
  return rows.map(admissionOf);
};
