import { type Columns, insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { ClassCell } from './class-cells.ts';
import type { Member, SchoolClass } from './seats.ts';

const memberColumns: Columns = [
  ['person_id', 'uuid'],
  ['enrollment', 'uuid'],
  ['place', 'bigint'],
  ['stage', 'text'],
  ['entry_year_adj', 'int'],
  ['last_grade', 'int'],
  ['class_id', 'uuid'],
];

const classColumns: Columns = [
  ['class_id', 'uuid'],
  ['place', 'bigint'],
  ['stage', 'text'],
  ['entry_year_adj', 'int'],
  ['last_grade', 'int'],
  ['size', 'int'],
];

const cellColumns: Columns = [
  ['place', 'bigint'],
  ['width', 'bigint'],
  ['stage', 'text'],
  ['entry_year_adj', 'int'],
  ['last_grade', 'int'],
  ['band', 'text'],
  ['classes', 'int'],
  ['pupils', 'int'],
];

const overwrite = (columns: Columns): string =>
  columns
    .slice(1)
    .map(([name]) => `${name} = excluded.${name}`)
    .join(', ');

export const loadMembers = async (tx: Tx, persons: readonly string[]): Promise<Member[]> => {
  const rows = await query<Member & { place: string }>(
    tx,
    `select person_id as person, enrollment, place, stage, entry_year_adj as "entryYearAdj", last_grade as "lastGrade",
            class_id as "schoolClass" from class_member where person_id = any($1::uuid[])`,
    [persons],
  );
  return rows.map((row) => ({ ...row, place: Number(row.place) }));
};

export const loadClasses = async (tx: Tx, ids: readonly string[]): Promise<SchoolClass[]> => {
  const rows = await query<SchoolClass & { place: string }>(
    tx,
    `select class_id as id, place, stage, entry_year_adj as "entryYearAdj", last_grade as "lastGrade", size
     from class_size where class_id = any($1::uuid[])`,
    [ids],
  );
  return rows.map((row) => ({ ...row, place: Number(row.place) }));
};

export const saveMembers = (tx: Tx, members: readonly Member[]): Promise<unknown> =>
  insertRows(
    tx,
    'class_member',
    memberColumns,
    members.map((member) => [
      ...[member.person, member.enrollment, member.place, member.stage, member.entryYearAdj],
      ...[member.lastGrade, member.schoolClass],
    ]),
    `on conflict (person_id) do update set ${overwrite(memberColumns)}`,
  );

export const saveClasses = (tx: Tx, classes: readonly SchoolClass[]): Promise<unknown> =>
  insertRows(
    tx,
    'class_size',
    classColumns,
    classes.map(({ id, place, stage, entryYearAdj, lastGrade, size }) => [
      ...[id, place, stage, entryYearAdj, lastGrade, size],
    ]),
    `on conflict (class_id) do update set ${overwrite(classColumns)}`,
  );

/** Adds changes to the cells and removes those that count no class any more. */
export const addToClassCells = async (tx: Tx, deltas: readonly ClassCell[]): Promise<void> => {
  await insertRows(
    tx,
    'class_cell',
    cellColumns,
    deltas.map((cell) => [
      ...[cell.place, cell.width, cell.stage, cell.entryYearAdj, cell.lastGrade, cell.band],
      ...[cell.classes, cell.pupils],
    ]),
    `on conflict (place, width, stage, entry_year_adj, last_grade, band) do update
     set classes = class_cell.classes + excluded.classes, pupils = class_cell.pupils + excluded.pupils`,
  );
  const fewer = deltas.filter(({ classes }) => classes < 0);
  if (fewer.length === 0) return;
  await execute(
    tx,
    `delete from class_cell cell using unnest($1::bigint[], $2::bigint[]) as gone (place, width)
     where cell.place = gone.place and cell.width = gone.width and classes = 0`,
    [fewer.map(({ place }) => place), fewer.map(({ width }) => width)],
  );
};
