import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import type { CaseFinding } from '../cases/own-finding.ts';
import { tooManyOpen, tooManyToday } from './own-application-finding.ts';

/** Most applications of a child that wait at once, and that are made for it within 24 hours (ours: no text names a number). */
export const MOST_OPEN = 10;
export const MOST_A_DAY = 20;

/** Applications of a child come, and are given to a school, one after the other until the transaction ends. */
export const lockApplicationsOf = async (tx: Tx, person: string): Promise<void> => {
  await query(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `transfer-applications ${person}`,
  ]);
};

/**
 * What stands against one more application of a child, each at a school that has to answer it. Under the lock of the child's
 * applications. What the county is asked for counts for the day alone: there is one at most (TRF-10).
 */
export const judgeNumber = async (
  tx: Tx,
  { person, school, appliedAt }: { person: string; school: string | null; appliedAt: string },
): Promise<CaseFinding[]> => {
  const [made] = await query<{ open: number; lately: number }>(
    tx,
    `select (count(*) filter (where ended_at is null))::int as open,
            (count(*) filter (where applied_at > $2::timestamptz - interval '24 hours'))::int as lately
     from transfer_application where person_id = $1`,
    [person, appliedAt],
  );
  const { open = 0, lately = 0 } = made ?? {};
  return [
    ...(school !== null && open >= MOST_OPEN ? [tooManyOpen(MOST_OPEN)] : []),
    ...(lately >= MOST_A_DAY ? [tooManyToday(MOST_A_DAY)] : []),
  ];
};
