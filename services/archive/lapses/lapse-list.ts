import { shanghaiDate } from '#libs/law/dates.ts';
import { inScope, type Scope } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import {
  type Connection,
  connectionOf,
  type PageArguments,
  pageSize,
  readCursor,
} from '#libs/platform/subgraph/connection.ts';
import type { Resolvers } from '../generated/types.ts';
import type { Lapse } from './lapse.ts';
import { lapsesBefore } from './lapse-rows.ts';

/** What is on record against the units of a scope, the last first. */
export const listLapses = async (
  core: Pick<ServiceCore, 'app'>,
  scope: Scope,
  page: PageArguments,
): Promise<Connection<Lapse>> => {
  const size = pageSize(page.first);
  const cursor = readCursor(page.after, ['INSTANT', 'UUID']);
  const after = cursor === undefined ? null : ([String(cursor[0]), String(cursor[1])] as const);
  const found = await inScope(core.app, scope, (tx) => lapsesBefore(tx, after, size + 1));
  return connectionOf(
    found,
    size,
    page.after,
    ({ recordedAt, id }) => [recordedAt, id],
    (lapse) => lapse,
  );
};

/** Resolvers of what is on record. */
export const lapseViews: Pick<Resolvers, 'ArchiveLapse'> = {
  ArchiveLapse: {
    student: ({ person }) => ({ id: person }),
    ruleId: ({ rule }) => rule,
    recordedOn: ({ recordedAt }) => shanghaiDate(new Date(recordedAt)),
  },
};
