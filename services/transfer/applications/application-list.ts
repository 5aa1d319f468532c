import type { TransferApplicationState } from '#libs/contracts/vocabulary.ts';
import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import { inScope, type Scope } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import {
  type Connection,
  connectionOf,
  type PageArguments,
  pageSize,
  readCursor,
} from '#libs/platform/subgraph/connection.ts';
import type { ApplicationRecord } from './application-record.ts';
import { applicationsWhere } from './application-rows.ts';

export type ApplicationFilter = {
  mine?: boolean | null;
  overdue?: boolean | null;
  states?: TransferApplicationState[] | null;
};

type Listing = { core: Pick<ServiceCore, 'app' | 'clock'>; actor: Actor; scope: Scope };

/** Applications within the caller's scope, oldest first; `mine` are those that wait for the caller's school or county. */
export const listApplications = async (
  { core, actor, scope }: Listing,
  filter: ApplicationFilter,
  page: PageArguments,
): Promise<Connection<ApplicationRecord>> => {
  const size = pageSize(page.first);
  const after = readCursor(page.after, ['INSTANT', 'UUID']);
  const rows = await inScope(core.app, scope, (tx) =>
    applicationsWhere(
      tx,
      `((place between $1 and $2) or person_id = any($3::uuid[]))
         and ($4::text[] is null or state = any($4))
         and ($5::text is null or (state = 'APPLIED' and school = $5) or (state = 'ARRANGING' and authority = $5))
         and (not $6 or (state in ('APPLIED', 'ARRANGING') and not provisional and due_on < $7::date))
         and ($8::timestamptz is null or (applied_at, application_id) > ($8::timestamptz, $9::uuid))
       order by applied_at, application_id limit $10`,
      [
        ...[scope.lo, scope.hi, [...scope.persons], filter.states ?? null],
        filter.mine === true ? unitOf(actor) : null,
        ...[filter.overdue === true, core.clock.today()],
        ...[after?.[0] ?? null, after?.[1] ?? null, size + 1],
      ],
    ),
  );
  return connectionOf(
    rows,
    size,
    page.after,
    (record) => [record.appliedAt, record.id],
    (record) => record,
  );
};
