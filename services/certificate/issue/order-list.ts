import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { inScope, type Scope } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import {
  type Connection,
  connectionOf,
  type PageArguments,
  pageSize,
  readCursor,
} from '#libs/platform/subgraph/connection.ts';
import type { CertificateFinding } from '../procedure/own-finding.ts';
import type { IssueOrder } from './issue-order.ts';
import { ordersWhere } from './order-rows.ts';

export type OrderFilter = { state?: IssueOrder['state'][] | null; mine?: boolean | null };

/** Orders of the caller's scope in the order in which they were prepared; `mine`: those that the unit has yet to decide. */
export const listOrders = async (
  core: Pick<ServiceCore, 'app'>,
  scope: Scope,
  unit: string,
  filter: OrderFilter,
  page: PageArguments,
): Promise<Connection<IssueOrder>> => {
  const size = pageSize(page.first);
  const after = readCursor(page.after, ['INSTANT', 'UUID']);
  const found = await inScope(core.app, scope, (tx) =>
    ordersWhere(
      tx,
      `($1::text[] is null or state = any($1)) and (not $2::boolean or (state = 'PREPARED' and issuer = $3))
       and ($4::timestamptz is null or (prepared_at, order_id) > ($4::timestamptz, $5::uuid))
       order by prepared_at, order_id limit $6`,
      [filter.state ?? null, filter.mine ?? false, unit, after?.[0] ?? null, after?.[1] ?? null, size + 1],
    ),
  );
  return connectionOf(
    found,
    size,
    page.after,
    ({ preparedAt, id }) => [preparedAt, id],
    (order) => order,
  );
};

/** A student whom an order left out, with every reason. */
export type LeftOut = { student: string; findings: CertificateFinding[] };

export const leftOutOf = (tx: Tx, order: string, first: number): Promise<LeftOut[]> =>
  query<LeftOut>(
    tx,
    `select person_id as student, findings from issue_skip where order_id = $1 order by person_id, outcome_id limit $2`,
    [order, first],
  );
