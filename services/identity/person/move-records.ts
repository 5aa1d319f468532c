import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';

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
];

/** Everything about a person is seen from another place. */
export const moveRecords = async (tx: Tx, person: string, place: number): Promise<void> => {
  for (const table of tables) {
    await execute(tx, `update ${table} set place = $2 where person_id = $1`, [person, place]);
  }
};
