import type { DropoutSource, DropoutState } from '#libs/contracts/vocabulary.ts';
import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import { inScope, type Scope } from '#libs/platform/database/scope.ts';
import { rangeWithin } from '#libs/platform/directory/within.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import {
  type Connection,
  connectionOf,
  type PageArguments,
  pageSize,
  readCursor,
} from '#libs/platform/subgraph/connection.ts';
import type { Entry } from './entry.ts';
import { entriesWhere } from './entry-rows.ts';

export type LedgerFilter = {
  school?: string | null;
  state?: DropoutState[] | null;
  source?: DropoutSource[] | null;
  open?: boolean | null;
  mine?: boolean | null;
  overdue?: boolean | null;
};

type Listing = { core: ServiceCore; actor: Actor; scope: Scope };

/**
 * Entries of the caller's range, oldest first: `mine` are those that the caller's own school or unit answers for,
 * `overdue` those whose next action is past its day.
 */
export const listLedger = async (
  listing: Listing,
  filter: LedgerFilter,
  page: PageArguments,
): Promise<Connection<Entry>> => {
  const { core, actor, scope } = listing;
  const size = pageSize(page.first);
  const after = readCursor(page.after, ['INSTANT', 'UUID']);
  const { lo, hi } = filter.school ? await rangeWithin(core.directory, scope, filter.school) : scope;
  const rows = await inScope(core.app, scope, (tx) =>
    entriesWhere(
      tx,
      `place between $1 and $2
         and ($3::text[] is null or state = any($3)) and ($4::text[] is null or source = any($4))
         and ($5::boolean is null or (ended_at is null) = $5)
         and ($6::text is null or school = $6 or authority = $6)
         and (not $7::boolean or (ended_at is null and next_action_on < $8::date))
         and ($9::timestamptz is null or (opened_at, entry_id) > ($9::timestamptz, $10::uuid))
       order by opened_at, entry_id limit $11`,
      [
        ...[lo, hi, filter.state ?? null, filter.source ?? null, filter.open ?? null],
        filter.mine === true ? unitOf(actor) : null,
        ...[filter.overdue ?? false, core.clock.today(), after?.[0] ?? null, after?.[1] ?? null, size + 1],
      ],
    ),
  );
  return connectionOf(
    rows,
    size,
    page.after,
    (entry) => [entry.openedAt, entry.id],
    (entry) => entry,
  );
};
