import type { TransferState } from '#libs/law/transfer/course.ts';
import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
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
import type { CaseRecord } from './case-record.ts';
import { casesById } from './case-rows.ts';

export type CaseFilter = {
  mine?: boolean | null;
  states?: TransferState[] | null;
  /** Whether a step of it is over its own day and not decided (TRF-03). */
  overdue?: boolean | null;
};

type Listing = { core: Pick<ServiceCore, 'app' | 'clock'>; actor: Actor; scope: Scope };

/** Cases of which either side is the caller's, oldest first; `mine` are those whose turn is the caller's unit or
 * school, a call-up included. */
export const listCases = async (
  { core, actor, scope }: Listing,
  filter: CaseFilter,
  page: PageArguments,
): Promise<Connection<CaseRecord>> => {
  const size = pageSize(page.first);
  const after = readCursor(page.after, ['INSTANT', 'UUID']);
  const { lo, hi } = scope;
  return inScope(core.app, scope, async (tx) => {
    const rows = await query<{ id: string }>(
      tx,
      `select c.case_id as id from transfer_case c
       where ((c.source_place between $1 and $2) or (c.target_place between $1 and $2)
             or (c.competent_place between $1 and $2) or c.person_id = any($3::uuid[]))
         and ($4::text[] is null or c.state = any($4))
         and ($5::text is null or (c.ended_at is null and exists (select from transfer_step s where s.case_id = c.case_id
           and s.decided_at is null and s.unit = $5)) or (c.state = 'AWAIT_REPORTING' and c.target_school = $5))
         and ($9::boolean is null or $9 = (c.ended_at is null and c.started_at is not null and exists (select from transfer_step s
           where s.case_id = c.case_id and s.decided_at is null and not s.provisional and s.due_on < $10::date)))
         and ($6::timestamptz is null or (c.opened_at, c.case_id) > ($6::timestamptz, $7::uuid))
       order by c.opened_at, c.case_id limit $8`,
      [
        ...[lo, hi, [...scope.persons], filter.states ?? null],
        filter.mine === true ? unitOf(actor) : null,
        ...[after?.[0] ?? null, after?.[1] ?? null, size + 1],
        ...[filter.overdue ?? null, core.clock.today()],
      ],
    );
    const found = await casesById(
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
