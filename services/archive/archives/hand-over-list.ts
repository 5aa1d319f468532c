import { inScope, type Scope } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import {
  type Connection,
  connectionOf,
  type PageArguments,
  pageSize,
  readCursor,
} from '#libs/platform/subgraph/connection.ts';
import type { Archive } from './archive.ts';
import { archivesWhere } from './archive-rows.ts';

export type HandOverFilter = {
  /** Only those that wait for the unit: to be passed on, or to be accepted. */
  mine?: boolean | null;
  /** Only those whose month is over and that still lie there. */
  overdue?: boolean | null;
};

/** Archives of the caller's scope that are to go to another unit, in the order in which that began. */
export const listHandOvers = async (
  core: Pick<ServiceCore, 'app' | 'clock'>,
  scope: Scope,
  unit: string,
  filter: HandOverFilter,
  page: PageArguments,
): Promise<Connection<Archive>> => {
  const size = pageSize(page.first);
  const after = readCursor(page.after, ['INSTANT', 'UUID']);
  const found = await inScope(core.app, scope, (tx) =>
    archivesWhere(
      tx,
      `owed_to is not null
       and (not $1::boolean or case when passed_on_on is null then custodian = $2 else owed_to = $2 end)
       and (not $3::boolean or (passed_on_on is null and owed_due_on < $4::date))
       and ($5::timestamptz is null or (owed_at, person_id) > ($5::timestamptz, $6::uuid))
       order by owed_at, person_id limit $7`,
      [
        ...[filter.mine ?? false, unit, filter.overdue ?? false, core.clock.today()],
        ...[after?.[0] ?? null, after?.[1] ?? null, size + 1],
      ],
    ),
  );
  return connectionOf(
    found,
    size,
    page.after,
    ({ handOver, person }) => [handOver?.owedAt ?? '', person],
    (archive) => archive,
  );
};
