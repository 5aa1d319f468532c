import type { Finding } from '#libs/law/finding.ts';
import type { Stage } from '#libs/law/layers.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker, inScope, type Scope } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

export type BatchView = { batchId: string; province: string; month: string; status: string; dueOn: string };
export type BatchRowView = {
  rowId: string;
  school: string;
  status: string;
  reason: string;
  findings: Finding[];
  stage: Stage;
  entryYearAdj: number;
  lastGrade: number;
  sealedName: Buffer | null;
  /** The registration that was tried for the row. */
  intake: string | null;
  /** The registration that came of the row. */
  person: string | null;
  enrollment: string | null;
};

const isCentre = (actor: Actor): boolean =>
  actor.level === 'MINISTRY' && actor.roles.has('INFORMATION_CENTRE');

/** Monthly lists that the caller takes part in: the own province's, or all submitted ones for the ministry's centre. */
export const listBatches = async (
  core: ServiceCore,
  actor: Actor,
  scope: Scope,
  filter: { month?: string | null; status?: string | null },
): Promise<BatchView[]> => {
  const read = (tx: Tx) =>
    query<BatchView>(
      tx,
      `select batch_id as "batchId", province, month, status, to_char(due_on, 'YYYY-MM-DD') as "dueOn"
       from grade_batch
       where ($1::text is null or month = $1) and ($2::text is null or status = $2)
         and ($3::boolean or (place_lo <= $5 and place_hi >= $4))
         and ($3::boolean = false or status <> 'LISTED')
       order by month desc, province limit 200`,
      [filter.month ?? null, filter.status ?? null, isCentre(actor), scope.lo, scope.hi],
    );
  return isCentre(actor) ? asWorker(core.worker, read) : inScope(core.app, scope, read);
};

/** Rows of a list as far as the caller's scope reaches; the centre sees every submitted one. */
export const rowsOfBatch = (
  core: ServiceCore,
  actor: Actor,
  scope: Scope,
  batch: string,
): Promise<BatchRowView[]> => {
  const read = (tx: Tx) =>
    query<BatchRowView>(
      tx,
      `select row_id as "rowId", school, status, reason, findings, facts->>'stage' as stage,
              (facts->>'entryYearAdj')::int as "entryYearAdj", (facts->>'lastGrade')::int as "lastGrade",
              sealed_name as "sealedName", person_id as person, enrollment_id as enrollment,
              intake_id as intake
       from grade_batch_row where batch_id = $1 and status <> 'REMOVED' order by listed_at, row_id limit 2000`,
      [batch],
    );
  return isCentre(actor) ? asWorker(core.worker, read) : inScope(core.app, scope, read);
};
