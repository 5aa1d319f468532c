import { enforces } from '#libs/law/enforces.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { giveUpSeat } from '../seat.ts';

/** Graduates of a kindergarten whom a school registers now go on there: the registration at the kindergarten ends (PRE-04). */
export const leaveKindergarten = async (tx: Tx, persons: readonly string[]): Promise<void> => {
  enforces('PRE-04');
  const left = await query<{ seat: string | null }>(
    tx,
    `update enrollment e set active = false, class_id = null from enrollment before
     where e.person_id = any($1::uuid[]) and e.active and e.stage = 'PRESCHOOL' and e.status = 'GRADUATED'
       and before.person_id = e.person_id and before.enrollment_id = e.enrollment_id
     returning before.class_id as seat`,
    [persons],
  );
  for (const { seat } of left) await giveUpSeat(tx, seat);
};
