import type { CountingMarks } from '#libs/contracts/events/enrollment.ts';
import type { CountedIdentity, CountedLiving } from '#libs/contracts/events/identity.ts';
import type { EnrollmentStatus, Stage, StudentNumberKind } from '#libs/contracts/vocabulary.ts';
import { type Columns, insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import type { Pupil, Registration, Told } from './pupil.ts';

type PupilRow = {
  person_id: string;
  place: string;
  province: string;
  enrollment: string | null;
  school: string;
  stage: Stage;
  entry_year_adj: number;
  last_grade: number;
  frozen_at: Date | string | null;
  status: EnrollmentStatus;
  number_kind: StudentNumberKind | null;
  gender: CountingMarks['gender'];
  document_type: CountingMarks['documentType'];
  boarder: boolean;
  left_behind: boolean;
  migrant: boolean;
  residence_permit: boolean;
  disabled: boolean;
  ethnic_group: CountingMarks['ethnicGroup'];
  told_gender: CountedIdentity['gender'] | null;
  told_document_type: CountedIdentity['documentType'] | null;
  told_living: CountedLiving | null;
};

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
  ['told_gender', 'text'],
  ['told_document_type', 'text'],
  ['told_living', 'jsonb'],
];

const names = columns.map(([name]) => name);
const overwrite = names.slice(1).map((name) => `${name} = excluded.${name}`);

const registrationOf = (row: PupilRow): Registration | null =>
  row.enrollment === null
    ? null
    : {
        enrollment: row.enrollment,
        school: row.school,
        stage: row.stage,
        entryYearAdj: row.entry_year_adj,
        lastGrade: row.last_grade,
        frozenAt: row.frozen_at === null ? null : new Date(row.frozen_at).toISOString(),
        status: row.status,
        marks: {
          gender: row.gender,
          documentType: row.document_type,
          boarder: row.boarder,
          leftBehind: row.left_behind,
          migrant: row.migrant,
          residencePermit: row.residence_permit,
          disabled: row.disabled,
          ethnicGroup: row.ethnic_group,
        },
      };

const toldOf = ({ told_gender, told_document_type, told_living }: PupilRow): Told => ({
  identity:
    told_gender === null || told_document_type === null
      ? null
      : { gender: told_gender, documentType: told_document_type },
  living: told_living,
});

const valuesOf = ({ person, place, province, numberKind, registration, told }: Pupil): unknown[] => [
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
  told.identity?.gender,
  told.identity?.documentType,
  told.living && JSON.stringify(told.living),
];

/** Persons by id, as far as they are known. */
export const loadPupils = async (tx: Tx, persons: readonly string[]): Promise<Map<string, Pupil>> => {
  const rows = await query<PupilRow>(
    tx,
    `select ${names.join(', ')} from pupil where person_id = any($1::uuid[])`,
    [persons],
  );
  return new Map(
    rows.map((row) => [
      row.person_id,
      {
        person: row.person_id,
        place: Number(row.place),
        province: row.province,
        numberKind: row.number_kind,
        registration: registrationOf(row),
        told: toldOf(row),
      },
    ]),
  );
};

/** Writes persons as they are now. */
export const savePupils = async (tx: Tx, pupils: readonly Pupil[]): Promise<void> => {
  await insertRows(
    tx,
    'pupil',
    columns,
    pupils.map(valuesOf),
    `on conflict (person_id) do update set ${overwrite.join(', ')}`,
  );
};
