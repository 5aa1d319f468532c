import type { TicketOrigin } from '#libs/contracts/vocabulary.ts';
import type { OwnFinding } from '#libs/law/own-finding.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { tooManyOpen, tooManyToday } from '../tickets/own-finding.ts';

/** Most complaints of one person that wait at once, and that are filed within 24 hours (ours: no text names a number). */
const FAMILY = { open: 10, day: 10 };
const STAFF = { open: Number.POSITIVE_INFINITY, day: 300 };

/** What stands against one more complaint of somebody. Those of one person come one after the other until the transaction ends. */
export const judgeVolume = async (
  tx: Tx,
  { subject, origin, at }: { subject: string; origin: TicketOrigin; at: string },
): Promise<OwnFinding[]> => {
  const most = origin === 'GUARDIAN' ? FAMILY : STAFF;
  await query(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [`complaints ${subject}`]);
  const [filed] = await query<{ open: number; lately: number }>(
    tx,
    `select (count(*) filter (where ended_at is null))::int as open,
            (count(*) filter (where opened_at > $2::timestamptz - interval '24 hours'))::int as lately
     from ticket where filed_by = $1 and kind = 'COMPLAINT'
       and (ended_at is null or opened_at > $2::timestamptz - interval '24 hours')`,
    [subject, at],
  );
  const { open = 0, lately = 0 } = filed ?? {};
  return [
    ...(open >= most.open ? [tooManyOpen(most.open)] : []),
    ...(lately >= most.day ? [tooManyToday(most.day)] : []),
  ];
};
