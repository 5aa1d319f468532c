import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';

/** A running stay at a specialised school: since when, and the grade that the school has fixed for the return. */
export type Stay = { id: string; since: string; returnedOn: string | null; grade: number | null };

type Row = { stay_id: string; since: string; returned_on: string | null; grade: number | null };

/** The stay that runs; nothing where none does. */
export const runningStay = async (tx: Tx, person: string): Promise<Stay | undefined> => {
  const [row] = await query<Row>(
    tx,
    `select stay_id, since::text, returned_on::text, grade from specialized_stay
     where person_id = $1 and ended_at is null`,
    [person],
  );
  return row && { id: row.stay_id, since: row.since, returnedOn: row.returned_on, grade: row.grade };
};
