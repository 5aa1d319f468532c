import type { RegistrationFact } from '#libs/contracts/commands/hand-over-registration.ts';
import type { EnrollmentStatus, Stage } from '#libs/contracts/vocabulary.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';

type Row = {
  enrollment: string;
  version: number;
  school: string;
  place: string;
  province: string;
  status: EnrollmentStatus;
  stage: Stage;
  entry_year_adj: number;
  last_grade: number;
  frozen_at: Date | null;
  disabled: boolean;
  going_on: RegistrationFact['goingOn'];
  case_runs: boolean;
};

/** The registration that counts for a person; null for who has none. */
export const registrationOf = async (tx: Tx, person: string): Promise<RegistrationFact | null> => {
  const [row] = await query<Row>(
    tx,
    `select e.enrollment_id as enrollment, p.version, e.school, e.place, e.province, e.status, e.stage,
            e.entry_year_adj, e.last_grade, e.frozen_at, (e.marks ->> 'disabled')::boolean as disabled,
            (select json_build_object('assessedOn', a.assessed_on::text, 'supports', a.supports) from progress_assessment a
             where a.person_id = e.person_id and a.enrollment_id = e.enrollment_id and a.step = 'GOING_ON'
             order by a.recorded_at desc, a.assessment_id desc limit 1) as going_on,
            exists (select from enrollment_case c where c.person_id = p.person_id and c.state = 'RUNNING') as case_runs
     from pupil p join enrollment e on e.person_id = p.person_id
     where p.person_id = $1 and e.active`,
    [person],
  );
  return row === undefined
    ? null
    : {
        enrollment: row.enrollment,
        version: row.version,
        school: row.school,
        place: Number(row.place),
        province: row.province,
        status: row.status,
        stage: row.stage,
        entryYearAdj: row.entry_year_adj,
        lastGrade: row.last_grade,
        frozenAt: row.frozen_at && new Date(row.frozen_at).toISOString(),
        disabled: row.disabled,
        goingOn: row.going_on,
        caseRuns: row.case_runs,
      };
};
