import type { EnrollmentCaseKind } from '#libs/contracts/vocabulary.ts';
import type { CaseState } from '#libs/law/procedure/course.ts';
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
import { type CaseRecord, casesById } from './case-rows.ts';

export type CaseFilter = {
  school?: string | null;
  kind?: EnrollmentCaseKind[] | null;
  state?: CaseState[] | null;
  mine?: boolean | null;
  overdue?: boolean | null;
  student?: string | null;
};

type Listing = { core: ServiceCore; actor: Actor; scope: Scope };

/**
 * Cases of the caller's scope, oldest first: `mine` are those whose turn is the caller's own unit or school, `overdue`
 * those whose term is over, a provisional one never; of a `student` alone where one is named.
 */
export const listCases = async (
  listing: Listing,
  filter: CaseFilter,
  page: PageArguments,
): Promise<Connection<CaseRecord>> => {
  const { core, actor, scope } = listing;
  const size = pageSize(page.first);
  const after = readCursor(page.after, ['INSTANT', 'UUID']);
  const { lo, hi } = filter.school ? await rangeWithin(core.directory, scope, filter.school) : scope;
  const unit = filter.mine === true ? unitOf(actor) : null;
  return inScope(core.app, scope, async (tx) => {
    const rows = await query<{ case_id: string }>(
      tx,
      `select c.case_id from enrollment_case c
       left join case_step s on s.person_id = c.person_id and s.case_id = c.case_id and s.decided_at is null
         and c.state = 'RUNNING'
       where ((c.place between $1 and $2) or c.person_id = any($3::uuid[]))
         and ($4::text[] is null or c.kind = any($4)) and ($5::text[] is null or c.state = any($5))
         and ($6::text is null or s.unit = $6)
         and (not $7::boolean or (s.due_on < $8::date and not s.provisional))
         and ($9::timestamptz is null or (c.opened_at, c.case_id) > ($9::timestamptz, $10::uuid))
         and ($12::uuid is null or c.person_id = $12)
       order by c.opened_at, c.case_id limit $11`,
      [
        lo,
        hi,
        [...scope.persons],
        filter.kind ?? null,
        filter.state ?? null,
        unit,
        filter.overdue ?? false,
        core.clock.today(),
        after?.[0] ?? null,
        after?.[1] ?? null,
        size + 1,
        filter.student ?? null,
      ],
    );
    const records = new Map(
      (
        await casesById(
          tx,
          rows.map((row) => row.case_id),
        )
      ).map((record) => [record.id, record]),
    );
    const found = rows.flatMap((row) => records.get(row.case_id) ?? []);
    return connectionOf(
      found,
      size,
      page.after,
      (record) => [record.openedAt, record.id],
      (record) => record,
    );
  });
};
