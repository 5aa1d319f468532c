import type { EnrollmentStatus, Stage } from '#libs/contracts/vocabulary.ts';
import { insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { Study } from './study.ts';

type Row = {
  person_id: string;
  enrollment_id: string;
  school: string;
  place: string;
  province: string;
  stage: Stage;
  status: EnrollmentStatus;
  entry_year_adj: number;
  last_grade: number;
  frozen_at: Date | null;
  started_on: string;
  joined_on: string | null;
  ended_on: string | null;
};

const columns = `person_id, enrollment_id, school, place, province, stage, status, entry_year_adj, last_grade, frozen_at,
  started_on::text, joined_on::text, ended_on::text`;

const studyOf = (row: Row): Study => ({
  person: row.person_id,
  enrollment: row.enrollment_id,
  school: row.school,
  place: Number(row.place),
  province: row.province,
  stage: row.stage,
  status: row.status,
  entryYearAdj: row.entry_year_adj,
  lastGrade: row.last_grade,
  frozenAt: row.frozen_at === null ? null : new Date(row.frozen_at).toISOString(),
  startedOn: row.started_on,
  joinedOn: row.joined_on,
  endedOn: row.ended_on,
});

/** Studies of which a condition is true, as far as the scope covers them; condition and order are texts of this service. */
export const studiesWhere = async (
  tx: Tx,
  condition: string,
  parameters: readonly unknown[],
): Promise<Study[]> =>
  (await query<Row>(tx, `select ${columns} from study where ${condition}`, parameters)).map(studyOf);

/** The studies of these persons at a school, the latest of each. */
export const studiesAt = async (
  tx: Tx,
  school: string,
  persons: readonly string[],
): Promise<Map<string, Study>> => {
  const rows = await studiesWhere(
    tx,
    `school = $1 and person_id = any($2::uuid[]) order by person_id, started_on, enrollment_id`,
    [school, persons],
  );
  return new Map(rows.map((study) => [study.person, study]));
};

/** Writes studies as they are now: those that are known go on where they are. */
export const saveStudies = async (tx: Tx, studies: readonly Study[]): Promise<void> => {
  await insertRows(
    tx,
    'study',
    [
      ['person_id', 'uuid'],
      ['enrollment_id', 'uuid'],
      ['school', 'text'],
      ['place', 'bigint'],
      ['province', 'text'],
      ['stage', 'text'],
      ['status', 'text'],
      ['entry_year_adj', 'int'],
      ['last_grade', 'int'],
      ['frozen_at', 'timestamptz'],
      ['started_on', 'date'],
      ['joined_on', 'date'],
      ['ended_on', 'date'],
    ],
    studies.map((each) => [
      ...[each.person, each.enrollment, each.school, each.place, each.province, each.stage, each.status],
      ...[each.entryYearAdj, each.lastGrade, each.frozenAt, each.startedOn, each.joinedOn],
      each.endedOn,
    ]),
    `on conflict (person_id, enrollment_id) do update set school = excluded.school, place = excluded.place,
       province = excluded.province, stage = excluded.stage, status = excluded.status,
       entry_year_adj = excluded.entry_year_adj, last_grade = excluded.last_grade, frozen_at = excluded.frozen_at,
       joined_on = coalesce(study.joined_on, excluded.joined_on),
       ended_on = case when excluded.ended_on is null then null else coalesce(study.ended_on, excluded.ended_on) end`,
  );
};

/** The state of a registration alone has changed; its place in the grades is as it was. */
export const setStatus = (tx: Tx, key: Pick<Study, 'person' | 'enrollment' | 'status'>): Promise<number> =>
  execute(tx, 'update study set status = $3 where person_id = $1 and enrollment_id = $2', [
    key.person,
    key.enrollment,
    key.status,
  ]);
