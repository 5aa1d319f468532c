import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { Archive } from '../archives/archive.ts';
import { archivesWhere } from '../archives/archive-rows.ts';
import { type Change, saveArchives } from '../archives/save-archive.ts';
import { type Successor, succeedIn } from './succeed.ts';

const concerned = '(custodian = $1 or owed_to = $1 or copies @> array[$1])';

/** How many archives a school keeps, awaits or has copies of. */
export const archivesLeftAt = async (tx: Tx, school: string): Promise<number> => {
  const [row] = await query<{ n: number }>(tx, `select count(*)::int as n from archive where ${concerned}`, [
    school,
  ]);
  return row?.n ?? 0;
};

/**
 * Archives of a school that is no more go to whoever takes its place, so many of them or all (null): a few statements,
 * however many there are. Tells whose went.
 */
export const succeedNext = async (
  tx: Tx,
  successor: Successor,
  at: string,
  limit: number | null,
): Promise<string[]> => {
  const found = await archivesWhere(tx, `${concerned} order by person_id limit $2 for update`, [
    successor.from,
    limit,
  ]);
  await saveArchives(tx, at, succeededIn(found, successor));
  return found.map(({ person }) => person);
};

/** Archives as they are once a unit has taken the place of another in them. */
export const succeededIn = (archives: readonly Archive[], successor: Successor): Change[] =>
  archives.map((before) => {
    const { archive, told } = succeedIn(before, successor);
    return { before, after: archive, told };
  });

/** The copies that a school kept are its successor's to see. */
export const copiesSucceed = async (tx: Tx, { from, place }: Successor): Promise<void> => {
  for (const table of ['archive_copy', 'archive_copy_entry']) {
    await execute(tx, `update ${table} set place = $2 where unit = $1 and place <> $2`, [from, place]);
  }
};
