import { inScope, type Scope } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import {
  type Connection,
  connectionOf,
  type PageArguments,
  pageSize,
  readCursor,
} from '#libs/platform/subgraph/connection.ts';
import type { OutcomeBatch } from './batch.ts';
import { batchesWhere } from './batch-rows.ts';

export type BatchFilter = {
  state?: OutcomeBatch['state'][] | null;
  /** Only those that wait for the unit's review. */
  mine?: boolean | null;
  overdue?: boolean | null;
};

/** Batches of outcomes of the caller's scope, in the order in which they were uploaded. */
export const listBatches = async (
  core: Pick<ServiceCore, 'app' | 'clock'>,
  scope: Scope,
  unit: string,
  filter: BatchFilter,
  page: PageArguments,
): Promise<Connection<OutcomeBatch>> => {
  const size = pageSize(page.first);
  const after = readCursor(page.after, ['INSTANT', 'UUID']);
  const found = await inScope(core.app, scope, (tx) =>
    batchesWhere(
      tx,
      `($1::text[] is null or state = any($1)) and (not $2::boolean or (state = 'UPLOADED' and authority = $3))
       and (not $4::boolean or (state = 'UPLOADED' and not provisional and due_on < $5::date))
       and ($6::timestamptz is null or (uploaded_at, batch_id) > ($6::timestamptz, $7::uuid))
       order by uploaded_at, batch_id limit $8`,
      [
        ...[filter.state ?? null, filter.mine ?? false, unit, filter.overdue ?? false, core.clock.today()],
        ...[after?.[0] ?? null, after?.[1] ?? null, size + 1],
      ],
    ),
  );
  return connectionOf(
    found,
    size,
    page.after,
    ({ uploadedAt, id }) => [uploadedAt, id],
    (batch) => batch,
  );
};
