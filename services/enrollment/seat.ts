import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';

/** A pupil leaves a class; nothing where there was none. */
export const giveUpSeat = (tx: Tx, schoolClass: string | null): Promise<void> =>
  giveUpSeats(tx, [schoolClass]);

/**
 * Locks classes in one order, so that schools to which the pupils of the same classes go on do not wait for each other in
 * a circle.
 */
export const lockClasses = async (tx: Tx, classes: readonly string[]): Promise<void> => {
  await query(
    tx,
    'select 1 from school_class where class_id = any($1::uuid[]) order by class_id for update',
    [classes],
  );
};

/** Pupils leave their classes, named once for each of them. */
export const giveUpSeats = async (tx: Tx, classes: readonly (string | null)[]): Promise<void> => {
  const left = classes.filter((each) => each !== null);
  if (left.length === 0) return;
  await lockClasses(tx, left);
  await execute(
    tx,
    `update school_class c set size = c.size - l.n, version = c.version + l.n
     from (select class_id, count(*)::int as n from unnest($1::uuid[]) as gone (class_id) group by class_id) l
     where c.class_id = l.class_id`,
    [left],
  );
};
