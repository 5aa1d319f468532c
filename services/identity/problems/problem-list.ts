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
import { type ProblemRow, UNSETTLED } from './problem-rows.ts';
import { seesReferredOnly } from './problem-scope.ts';

export type ProblemFilter = {
  kind?: string | null;
  state?: string | null;
  open?: boolean | null;
  school?: string | null;
  mine?: boolean | null;
  overdue?: boolean | null;
};

const columns = `person_id as "personId", problem_id as "problemId", kind, state, opened_at as "openedAt",
  to_char(due_on, 'YYYY-MM-DD') as "dueOn", provisional, province, source, turn, last_actor as "lastActor",
  other_person as "otherPerson", resolution, to_char(graduated_on, 'YYYY-MM-DD') as "graduatedOn", version`;

type Listing = { core: ServiceCore; actor: Actor; scope: Scope };

/**
 * Problem records of the scope, oldest first: `mine` are those whose turn is the caller's own school or unit, `overdue`
 * those past their day, a provisional one never.
 */
export const listProblems = async (
  { core, actor, scope }: Listing,
  filter: ProblemFilter,
  page: PageArguments,
): Promise<Connection<ProblemRow>> => {
  const size = pageSize(page.first);
  const after = readCursor(page.after, ['INSTANT', 'UUID']);
  const { lo, hi } = filter.school ? await rangeWithin(core.directory, scope, filter.school) : scope;
  const rows = await inScope(core.app, scope, (tx) =>
    query<ProblemRow>(
      tx,
      `select ${columns} from problem_record
       where (place between $1 and $2 or person_id = any($12::uuid[])) and ($13::text is null or turn = $13) and ($3::text is null or kind = $3) and ($4::text is null or state = $4)
         and ($5::boolean is null or (state in ${UNSETTLED}) = $5)
         and ($6::text is null or (turn = $6 and state in ${UNSETTLED}))
         and (not $7::boolean or (state in ${UNSETTLED} and due_on < $8::date and not provisional))
         and ($9::timestamptz is null or (opened_at, problem_id) > ($9::timestamptz, $10::uuid))
       order by opened_at, problem_id limit $11`,
      [
        ...[lo, hi, filter.kind ?? null, filter.state ?? null, filter.open ?? null],
        filter.mine === true ? unitOf(actor) : null,
        ...[filter.overdue ?? false, core.clock.today(), after?.[0] ?? null, after?.[1] ?? null, size + 1],
        ...[[...scope.persons], seesReferredOnly(actor) ? (actor.unit ?? '') : null],
      ],
    ),
  );
  return connectionOf(
    rows,
    size,
    page.after,
    (row) => [new Date(row.openedAt).toISOString(), row.problemId],
    (row) => row,
  );
};

/** One record of the scope; nothing where it does not cover it. */
export const readProblem = async (
  core: ServiceCore,
  scope: Scope,
  key: { person: string; id: string },
): Promise<ProblemRow | undefined> => {
  const [row] = await inScope(core.app, scope, (tx) =>
    query<ProblemRow>(tx, `select ${columns} from problem_record where person_id = $1 and problem_id = $2`, [
      key.person,
      key.id,
    ]),
  );
  return row;
};
