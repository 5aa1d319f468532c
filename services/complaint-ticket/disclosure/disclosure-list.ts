import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import { asWorker, inScope } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import {
  type Connection,
  connectionOf,
  type PageArguments,
  pageSize,
  readCursor,
} from '#libs/platform/subgraph/connection.ts';
import type { Disclosure, DisclosureState } from './disclosure.ts';
import { disclosuresWhere } from './disclosure-rows.ts';

export type DisclosureFilter = {
  state?: DisclosureState | null;
  /** Only what waits for the caller's unit. */
  mine?: boolean | null;
};

/** A client's own requests; an authority's those about the data below it. Oldest first. */
export const listDisclosures = async (
  core: ServiceCore,
  actor: Actor,
  { state, mine }: DisclosureFilter,
  page: PageArguments,
): Promise<Connection<Disclosure>> => {
  const size = pageSize(page.first);
  const after = readCursor(page.after, ['INSTANT', 'UUID']);
  const isClient = actor.level === 'NONE';
  const condition = `${isClient ? 'client = $1' : '$1::text is not null'} and ($2::text is null or state = $2)
    and (not $3::boolean or (unit = $4 and state in ('REQUESTED', 'BASIS_CHECKED')))
    and ($5::timestamptz is null or (requested_at, disclosure_id) > ($5::timestamptz, $6::uuid))
    order by requested_at, disclosure_id limit $7`;
  const parameters = [
    ...[actor.subject, state ?? null, mine === true, unitOf(actor)],
    ...[after?.[0] ?? null, after?.[1] ?? null, size + 1],
  ];
  const own = isClient ? undefined : await core.directory.workplaceOf(actor);
  const scope = { lo: own?.lo ?? 1, hi: own?.hi ?? 0, persons: [] };
  const rows = isClient
    ? await asWorker(core.worker, (tx) => disclosuresWhere(tx, condition, parameters))
    : await inScope(core.app, scope, (tx) => disclosuresWhere(tx, condition, parameters));
  return connectionOf(
    rows,
    size,
    page.after,
    ({ requestedAt, id }) => [requestedAt, id],
    (disclosure) => disclosure,
  );
};
