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
import type { Enquiry, EnquiryOutcome } from './enquiry.ts';
import { enquiriesWhere } from './enquiry-rows.ts';

type Listing = { core: Pick<ServiceCore, 'app'>; actor: Actor; scope: Scope };

/** What the caller's own unit has answered, latest first. */
export const listEnquiries = async (
  { core, actor, scope }: Listing,
  filter: { outcome?: EnquiryOutcome | null },
  page: PageArguments,
): Promise<Connection<Enquiry>> => {
  const size = pageSize(page.first);
  const after = readCursor(page.after, ['INSTANT', 'UUID']);
  const rows = await inScope(core.app, scope, (tx) =>
    enquiriesWhere(
      tx,
      `unit = $1 and ($2::text is null or outcome = $2)
         and ($3::timestamptz is null or (at, enquiry_id) < ($3::timestamptz, $4::uuid))
       order by at desc, enquiry_id desc limit $5`,
      [unitOf(actor), filter.outcome ?? null, after?.[0] ?? null, after?.[1] ?? null, size + 1],
    ),
  );
  return connectionOf(
    rows,
    size,
    page.after,
    ({ at, id }) => [at, id],
    (enquiry) => enquiry,
  );
};
