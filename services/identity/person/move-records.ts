import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';

/** What is kept about a person beside the person itself, each seen from the place of the school. */
const tables = [
  'identity_document',
  'guardian',
  'guardian_link',
  'problem_record',
  'student_number',
  'key_change',
  'key_change_step',
  'key_change_paper',
  'key_history',
  'number_deletion',
  'number_deletion_paper',
  'problem_event',
  'information_update',
  'update_step',
  'update_paper',
  'information_history',
  'field_confirmation',
];

const everywhere = tables.map(
  (table) => `in_${table} as (update ${table} set place = $2 where person_id = any($1::uuid[]))`,
);

/** Everything about these persons is seen from another place: one statement, whatever the number of tables. */
export const moveRecords = async (tx: Tx, persons: readonly string[], place: number): Promise<void> => {
  await execute(tx, `with ${everywhere.join(', ')} select`, [persons, place]);
};

/** A school, and where it stands in the tree. */
type Seat = { school: string; place: number; province: string };

/** A person goes along with the school by which everything about the person is seen; false where that is another one. */
export const followSchool = async (
  tx: Tx,
  person: string,
  from: Pick<Seat, 'school'>,
  into: Seat,
): Promise<boolean> =>
  (await execute(
    tx,
    'update person set school = $3, place = $4, province = $5 where person_id = $1 and school = $2',
    [person, from.school, into.school, into.place, into.province],
  )) > 0;

/** Whoever is left at a school that has ended, without a registration that goes on, is seen from the school that does. */
export const moveAllRecords = async (tx: Tx, from: Seat, into: Seat): Promise<void> => {
  const left = await query<{ person: string }>(
    tx,
    `update person set school = $3, place = $4, province = $5 where place = $1 and school = $2
     returning person_id as person`,
    [from.place, from.school, into.school, into.place, into.province],
  );
  await moveRecords(
    tx,
    left.map(({ person }) => person),
    into.place,
  );
};
