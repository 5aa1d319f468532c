import { SchoolCleared } from '#libs/contracts/events/enrollment-move.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import type { Passage } from './passage.ts';

/** What has ended at a school and is kept: whoever has its archives from now on sees it. */
const kept = [
  'pupil',
  'enrollment',
  'enrollment_case',
  'case_step',
  'case_evidence',
  'guardian_contact',
  'progress_assessment',
  'specialized_stay',
  'city_matter',
  'dropout_entry',
  'dropout_action',
  'admission',
  'entry_place',
  'school_class',
  'place_reservation',
  'class_teacher',
  'intake',
  'import_job',
  'import_row',
  'grade_batch_row',
  'upload',
  'report',
  'stored_file',
] as const;

/** Rows of one transaction. */
const atOnce = 500;

/** What still goes on at a school, and has to move or end before anything is put away. */
const underWay = `
  select from enrollment where place = $1 and active
  union all select from intake where place = $1 and state = 'COLLECTING'
  union all select from import_job where place = $1 and state in ('WAITING', 'READING', 'REGISTERING')
  union all select from admission where place = $1 and state = 'ADMITTED'
  union all select from entry_place where place = $1 and state in ('GRANTED', 'EXTENDED')
  union all select from grade_batch_row where place = $1 and status in ('LISTED', 'SUBMITTED')
  limit 1`;

export const isUnderWay = async (tx: Tx, place: number): Promise<boolean> =>
  (await query(tx, `select 1 as found from (${underWay}) as under_way`, [place])).length > 0;

const putAway = async (tx: Tx, table: string, { from, into }: Passage): Promise<number> =>
  execute(
    tx,
    `update ${table} set place = $2 where ctid = any(array(select ctid from ${table} where place = $1 limit ${atOnce}))`,
    [from.place, into.place],
  );

/** Open entries of the ledger about children who are registered elsewhere or nowhere: the other school follows them. */
const passEntriesOn = (tx: Tx, { from, into }: Passage): Promise<number> =>
  execute(
    tx,
    `update dropout_entry set place = $2, province = $3, school = $4, county = $5, authority = $6
     where place = $1 and ended_at is null`,
    [from.place, into.place, into.province, into.code, into.county, into.authority],
  );

/**
 * Puts away what is left of a school in which nothing goes on, some rows at a time, and tells once that it is clear.
 * True when there may be more to put away.
 */
export const clearSchool = async (tx: Tx, at: string, passage: Passage): Promise<boolean> => {
  const { merger, from, into } = passage;
  if (await isUnderWay(tx, from.place)) return false;
  await passEntriesOn(tx, passage);
  for (const table of kept) if ((await putAway(tx, table, passage)) > 0) return true;
  const [row] = await query<{ moved: number }>(
    tx,
    'update school_succession set cleared_at = $2 where school = $1 and cleared_at is null returning moved',
    [from.code, at],
  );
  if (row === undefined) return false;
  await recordEvents(tx, at, [
    recorded(SchoolCleared, `succession:${from.code}`, 1, {
      ...{ merger, school: from.code, place: from.place, province: from.province, moved: row.moved },
      into: { school: into.code, place: into.place, province: into.province },
    }),
  ]);
  return false;
};
