import { isUuid } from '#libs/contracts/ids.ts';
import { query } from '#libs/platform/database/query.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import {
  type Connection,
  connectionOf,
  type PageArguments,
  pageSize,
  readCursor,
} from '#libs/platform/subgraph/connection.ts';
import type { Desk } from '../registrar/desk.ts';
import type { CorrectionOrder } from './correction.ts';
import { ordersById } from './correction-rows.ts';

/** Which orders; null and absent mean any. */
export type CorrectionFilter = {
  state?: string | null;
  overdue?: boolean | null;
  /** Waiting for the caller's own unit or school. */
  mine?: boolean | null;
  target?: string | null;
};

/** Orders against the own unit or school and those below, the latest first. */
export const listOrders = async (
  core: ServiceCore,
  { scope, own }: Desk,
  filter: CorrectionFilter,
  page: PageArguments,
): Promise<Connection<CorrectionOrder>> => {
  const size = pageSize(page.first);
  const after = readCursor(page.after, ['UUID']);
  const rows = await inScope(core.app, scope, async (tx) => {
    const found = await query<{ id: string }>(
      tx,
      `select order_id as id from correction_order
       where place between $1 and $2 and ($3::text is null or state = $3) and ($4::text is null or target = $4)
         and (not $5::boolean or (state <> 'CLOSED' and due_on < $6::date and not provisional))
         and (not $7::boolean or (state = 'ORDERED' and target = $8)
           or (state = 'REPORTED' and coalesce(escalated_to, ordered_by) = $8))
         and ($9::uuid is null or order_id < $9)
       order by order_id desc limit $10`,
      [
        scope.lo,
        scope.hi,
        filter.state ?? null,
        filter.target ?? null,
        filter.overdue ?? false,
        core.clock.today(),
        filter.mine ?? false,
        own.code,
        after?.[0] ?? null,
        size + 1,
      ],
    );
    const read = await ordersById(
      tx,
      found.map(({ id }) => id),
    );
    return read.sort((a, b) => (a.orderId < b.orderId ? 1 : -1));
  });
  return connectionOf(
    rows,
    size,
    page.after,
    ({ orderId }) => [orderId],
    (order) => order,
  );
};

/** One order within the own range; throws OUT_OF_JURISDICTION otherwise, whether there is one or not. */
export const findOrder = async (core: ServiceCore, { scope }: Desk, id: string): Promise<CorrectionOrder> => {
  const [found] = isUuid(id) ? await inScope(core.app, scope, (tx) => ordersById(tx, [id])) : [];
  if (found === undefined) throw outOfJurisdiction();
  return found;
};
