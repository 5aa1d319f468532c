import type { AssessedStep } from '#libs/law/enrollment/assessed-progress.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { TakenPaper } from '../evidence/take-uploads.ts';

/** An assessment by an expert committee as it is kept; never changed, a later one on the same step counts instead. */
export type Assessment = {
  person: string;
  id: string;
  enrollment: string;
  school: string;
  place: number;
  step: AssessedStep;
  supports: boolean;
  /** The school year into which a promotion leads; null for another step. */
  schoolYear: number | null;
  assessedOn: string;
  /** Code of the unit whose committee assessed. */
  committee: string;
  papers: readonly TakenPaper[];
  recordedBy: string;
  recordedAt: string;
};

type Row = Omit<Assessment, 'place' | 'recordedAt'> & { place: string; recordedAt: Date };

type Key = { person: string; enrollment: string };

/** Assessments about a registration in the order in which they were recorded, as far as the scope covers them. */
export const assessmentsAbout = async (tx: Tx, { person, enrollment }: Key): Promise<Assessment[]> => {
  const rows = await query<Row>(
    tx,
    `select person_id as person, assessment_id as id, enrollment_id as enrollment, school, place, step, supports,
            school_year as "schoolYear", assessed_on::text as "assessedOn", committee, papers,
            recorded_by as "recordedBy", recorded_at as "recordedAt"
     from progress_assessment where person_id = $1 and enrollment_id = $2 order by recorded_at, assessment_id`,
    [person, enrollment],
  );
  return rows.map((row) => ({
    ...row,
    place: Number(row.place),
    recordedAt: new Date(row.recordedAt).toISOString(),
  }));
};

export const insertAssessment = async (tx: Tx, kept: Assessment): Promise<void> => {
  await execute(
    tx,
    `insert into progress_assessment (person_id, assessment_id, enrollment_id, school, place, step, supports, school_year,
       assessed_on, committee, papers, recorded_by, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::jsonb, $12, $13)`,
    [
      ...[kept.person, kept.id, kept.enrollment, kept.school, kept.place, kept.step, kept.supports],
      ...[kept.schoolYear, kept.assessedOn, kept.committee, JSON.stringify(kept.papers)],
      ...[kept.recordedBy, kept.recordedAt],
    ],
  );
};
