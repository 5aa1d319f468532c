import type { KeyChangeKind, KeyChangeState } from '#libs/contracts/vocabulary.ts';
import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import { query } from '#libs/platform/database/query.ts';
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
import { type ChangeRecord, changesById } from './change-rows.ts';

export type ChangeFilter = {
  school?: string | null;
  student?: string | null;
  kind?: KeyChangeKind[] | null;
  state?: KeyChangeState[] | null;
  mine?: boolean | null;
  overdue?: boolean | null;
};

type Listing = { core: ServiceCore; actor: Actor; scope: Scope };

/**
 * Changes of the caller's scope, oldest first: `mine` are those whose turn is the caller's own unit or school, `overdue`
 * those whose term is over, a provisional one never.
 */
export const listChanges = async (
  { core, actor, scope }: Listing,
  filter: ChangeFilter,
  page: PageArguments,
): Promise<Connection<ChangeRecord>> => {
  const size = pageSize(page.first);
  const after = readCursor(page.after, ['INSTANT', 'UUID']);
  const { lo, hi } = filter.school ? await rangeWithin(core.directory, scope, filter.school) : scope;
  return inScope(core.app, scope, async (tx) => {
    const rows = await query<{ id: string }>(
      tx,
      `select c.change_id as id from key_change c
       left join key_change_step s on s.person_id = c.person_id and s.change_id = c.change_id
         and s.decided_at is null and c.ended_at is null
       where ((c.place between $1 and $2) or c.person_id = any($3::uuid[]))
         and ($4::text[] is null or c.kind = any($4)) and ($5::text[] is null or c.state = any($5))
         and ($6::text is null or s.unit = $6)
         and (not $7::boolean or (s.due_on < $8::date and not s.provisional))
         and ($9::timestamptz is null or (c.opened_at, c.change_id) > ($9::timestamptz, $10::uuid))
         and ($11::uuid is null or c.person_id = $11)
       order by c.opened_at, c.change_id limit $12`,
      [
        lo,
        hi,
        [...scope.persons],
        filter.kind ?? null,
        filter.state ?? null,
        filter.mine === true ? unitOf(actor) : null,
        filter.overdue ?? false,
        core.clock.today(),
        after?.[0] ?? null,
        after?.[1] ?? null,
        filter.student ?? null,
        size + 1,
      ],
    );
    const found = await changesById(
      tx,
      rows.map(({ id }) => id),
    );
    return connectionOf(
      found,
      size,
      page.after,
      (record) => [record.openedAt, record.id],
      (record) => record,
    );
  });
};
