import type { MikroORM } from '@mikro-orm/postgresql';
import { query } from '#libs/platform/database/query.ts';
import { inScope, type Scope } from '#libs/platform/database/scope.ts';
import {
  type Connection,
  connectionOf,
  type PageArguments,
  pageSize,
  readCursor,
} from '#libs/platform/subgraph/connection.ts';
import type { ProblemRecord } from './entities.ts';

type Filter = { kind?: string | null; state?: string | null };

/** An open or settled problem record in a worklist. */
export type ProblemRow = Omit<ProblemRecord, 'place' | 'settledAt'>;

/** Problem records of the scope, oldest first. */
export const listProblems = async (
  orm: MikroORM,
  scope: Scope,
  filter: Filter | null | undefined,
  page: PageArguments,
): Promise<Connection<ProblemRow>> => {
  const size = pageSize(page.first);
  const after = readCursor(page.after, ['INSTANT', 'UUID']);
  const rows = await inScope(orm, scope, (tx) =>
    query<ProblemRow>(
      tx,
      `select person_id as "personId", problem_id as "problemId", kind, state, opened_at as "openedAt",
              to_char(due_on, 'YYYY-MM-DD') as "dueOn", provisional
       from problem_record
       where place between $1 and $2 and ($3::text is null or kind = $3) and ($4::text is null or state = $4)
         and ($5::timestamptz is null or (opened_at, problem_id) > ($5::timestamptz, $6::uuid))
       order by opened_at, problem_id limit $7`,
      [
        scope.lo,
        scope.hi,
        filter?.kind ?? null,
        filter?.state ?? null,
        after?.[0] ?? null,
        after?.[1] ?? null,
        size + 1,
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
