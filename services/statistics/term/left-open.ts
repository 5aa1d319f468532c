import type { LeftOpen } from '#libs/law/statistics/term-check.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { queryOne } from '#libs/platform/database/query.ts';
import { countedStatuses } from '../stock/pupil.ts';

/**
 * What the services have told of a school that its check is to look at: problem records that wait, pupils with a temporary
 * number or none, registrations that are not decided. By workers alone: the rows are persons'.
 */
export const leftOpenAt = (tx: Tx, place: number): Promise<Omit<LeftOpen, 'withoutRecord'>> =>
  queryOne(
    tx,
    `select (select count(*)::int from problem_standing where place = $1) as problems,
       count(*) filter (where number_kind is null or number_kind = 'L_TEMPORARY')::int as unverified,
       count(*) filter (where status in ('PENDING_APPROVAL', 'RETURNED_TO_SCHOOL'))::int as unfinished
     from pupil where place = $1 and status = any($2::text[])`,
    [place, countedStatuses()],
  );
