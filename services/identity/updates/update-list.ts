import type { InfoUpdateState } from '#libs/contracts/events/information.ts';
import { isUuid } from '#libs/contracts/ids.ts';
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
import { updatesWhere } from './update-reads.ts';
import type { UpdateRecord } from './update-record.ts';

export type UpdateFilter = {
  school?: string | null;
  student?: string | null;
  state?: InfoUpdateState[] | null;
  mine?: boolean | null;
  overdue?: boolean | null;
};

type Listing = { core: ServiceCore; actor: Actor; scope: Scope };

/**
 * Changes of the caller's scope, oldest first: `mine` are those whose turn is the caller's own unit or school, of
 * somebody without either the own ones; `overdue` those whose term is over, a provisional one never.
 */
export const listUpdates = async (
  { core, actor, scope }: Listing,
  filter: UpdateFilter,
  page: PageArguments,
): Promise<Connection<UpdateRecord>> => {
  const size = pageSize(page.first);
  const after = readCursor(page.after, ['INSTANT', 'UUID']);
  const { lo, hi } = filter.school ? await rangeWithin(core.directory, scope, filter.school) : scope;
  const mine = filter.mine === true;
  const isListed = scope.persons.length > 0;
  const unit = mine && !isListed ? unitOf(actor) : null;
  const student = filter.student ?? null;
  const records = await inScope(core.app, scope, (tx) =>
    updatesWhere(
      tx,
      core.sealing,
      `(place between $1 and $2 or person_id = any($3::uuid[]))
         and ($4::uuid is null or person_id = $4) and ($5::text[] is null or state = any($5))
         and ($6::text is null or proposed_by = $6)
         and (($7::text is null and not $8::boolean) or exists (
           select from update_step s
           where s.person_id = u.person_id and s.update_id = u.update_id and s.decided_at is null and u.ended_at is null
             and ($7::text is null or s.unit = $7) and (not $8::boolean or (s.due_on < $9::date and not s.provisional))))
         and ($10::timestamptz is null or (opened_at, update_id) > ($10::timestamptz, $11::uuid))
       order by opened_at, update_id limit $12`,
      [
        ...[lo, hi, [...scope.persons], student !== null && !isUuid(student) ? uuidOfNobody : student],
        ...[filter.state ?? null, mine && isListed ? actor.subject : null, unit, filter.overdue ?? false],
        ...[core.clock.today(), after?.[0] ?? null, after?.[1] ?? null, size + 1],
      ],
    ),
  );
  return connectionOf(
    records,
    size,
    page.after,
    (record) => [record.openedAt, record.id],
    (record) => record,
  );
};

/** What is no id is nobody's. */
const uuidOfNobody = '00000000-0000-0000-0000-000000000000';
