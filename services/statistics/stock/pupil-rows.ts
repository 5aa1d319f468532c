import type { StudentNumberKind } from '#libs/contracts/vocabulary.ts';
import { type Columns, insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { type Course, pupilOf, type Step } from './course.ts';
import type { Pupil, Registration, Told } from './pupil.ts';

type Where = { day: string; place: number; province: string };
/** Steps as they are stored, without what their source never tells. */
type RegisteredStep = Where & { registration: Registration };
type ToldStep = Where & Told & { numberKind: StudentNumberKind | null };

const columns: Columns = [
  ['person_id', 'uuid'],
  ['place', 'bigint'],
  ['province', 'text'],
  ['number_kind', 'text'],
  ['enrollment', 'uuid'],
  ['school', 'text'],
  ['stage', 'text'],
  ['entry_year_adj', 'int'],
  ['last_grade', 'int'],
  ['frozen_at', 'timestamptz'],
  ['status', 'text'],
  ['gender', 'text'],
  ['document_type', 'text'],
  ['boarder', 'boolean'],
  ['left_behind', 'boolean'],
  ['migrant', 'boolean'],
  ['residence_permit', 'boolean'],
  ['disabled', 'boolean'],
  ['ethnic_group', 'text'],
  ['registered', 'jsonb'],
  ['told', 'jsonb'],
];

const overwrite = columns.slice(1).map(([name]) => `${name} = excluded.${name}`);

const storedRegistered = ({ day, pupil: { place, province, registration } }: Step): RegisteredStep[] =>
  registration === null ? [] : [{ day, place, province, registration }];

const storedTold = ({ day, pupil: { place, province, numberKind, told } }: Step): ToldStep => ({
  ...{ day, place, province, numberKind },
  ...told,
});

const courseOf = (person: string, registered: RegisteredStep[], told: ToldStep[]): Course => ({
  registered: registered.map(({ day, place, province, registration }) => ({
    day,
    pupil: {
      ...{ person, place, province, registration },
      ...{ numberKind: null, told: { identity: null, living: null } },
    },
  })),
  told: told.map(({ day, place, province, numberKind, identity, living }) => ({
    day,
    pupil: { person, place, province, registration: null, numberKind, told: { identity, living } },
  })),
});

const valuesOf = (course: Course, { person, place, province, numberKind, registration }: Pupil) => [
  person,
  place,
  province,
  numberKind,
  registration?.enrollment,
  registration?.school,
  registration?.stage,
  registration?.entryYearAdj,
  registration?.lastGrade,
  registration?.frozenAt,
  registration?.status,
  registration?.marks.gender,
  registration?.marks.documentType,
  registration?.marks.boarder,
  registration?.marks.leftBehind,
  registration?.marks.migrant,
  registration?.marks.residencePermit,
  registration?.marks.disabled,
  registration?.marks.ethnicGroup,
  JSON.stringify(course.registered.flatMap(storedRegistered)),
  JSON.stringify(course.told.map(storedTold)),
];

type Row = { person: string; registered: RegisteredStep[]; told: ToldStep[] };

/** Courses of persons by id, as far as they are known. */
export const loadCourses = async (tx: Tx, persons: readonly string[]): Promise<Map<string, Course>> => {
  const rows = await query<Row>(
    tx,
    'select person_id as person, registered, told from pupil where person_id = any($1::uuid[])',
    [persons],
  );
  return new Map(rows.map(({ person, registered, told }) => [person, courseOf(person, registered, told)]));
};

/** Writes persons as they are now, and the courses that led there. */
export const saveCourses = async (tx: Tx, courses: readonly Course[]): Promise<void> => {
  await insertRows(
    tx,
    'pupil',
    columns,
    courses.flatMap((course) => {
      const pupil = pupilOf(course);
      return pupil === undefined ? [] : [valuesOf(course, pupil)];
    }),
    `on conflict (person_id) do update set ${overwrite.join(', ')}`,
  );
};
