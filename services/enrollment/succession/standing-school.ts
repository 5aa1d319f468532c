import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';

export type Seat = { school: string; place: number; province: string };

/** Schools are merged one into another a few times at most; a longer way is a circle, and a fault. */
const longestWay = 20;

/** The school that goes on with what a school did: itself while it is active, and whom nobody succeeds. */
export const standingSchool = async (tx: Tx, seat: Seat): Promise<Seat> => {
  let standing = seat;
  for (let step = 0; step < longestWay; step++) {
    const [row] = await query<{ fact: SchoolFact }>(
      tx,
      `select b.fact from school_ref a join school_ref b on b.code = a.fact -> 'succession' ->> 'into'
       where a.code = $1 and a.fact ->> 'state' <> 'ACTIVE'`,
      [standing.school],
    );
    if (row === undefined) return standing;
    standing = { school: row.fact.code, place: row.fact.place, province: row.fact.province };
  }
  throw new Error('Schools succeed each other in a circle');
};
