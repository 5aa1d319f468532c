import { isUuid } from '#libs/contracts/ids.ts';
import { query } from '#libs/platform/database/query.ts';
import { inScope, type Scope } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { ImportJob, type ImportRow } from './entities.ts';

/** Import jobs within the caller's scope; row-level security hides every other one. */
export const findJob = async (core: ServiceCore, scope: Scope, id: string): Promise<ImportJob | null> =>
  isUuid(id) ? inScope(core.app, scope, (tx) => tx.findOne(ImportJob, { jobId: id })) : null;

export const listJobs = (
  core: ServiceCore,
  scope: Scope,
  school: string,
  first: number,
): Promise<ImportJob[]> =>
  inScope(core.app, scope, (tx) =>
    tx.find(ImportJob, { school }, { orderBy: { startedAt: 'desc' }, limit: first }),
  );

/** What is told of a row of a job. */
export type ImportRowView = Pick<ImportRow, 'rowNo' | 'refused' | 'problems' | 'warnings'> & {
  /** The school whose file it is. */
  school: string;
  /** The registration that was tried for the row; null where none was. */
  intake: string | null;
};

/** Which rows are wanted: from after a row number, in the order of the file. */
export type RowPage = { after: number; first: number };

/** Rows of a job that were refused, or those with warnings, refused or not. */
export const listRows = (
  core: ServiceCore,
  scope: Scope,
  job: string,
  which: 'REFUSED' | 'WARNED',
  { after, first }: RowPage,
): Promise<ImportRowView[]> =>
  inScope(core.app, scope, (tx) =>
    query<ImportRowView>(
      tx,
      `select r.row_no as "rowNo", r.refused, r.problems, r.warnings, r.intake_id as intake, j.school
       from import_row r join import_job j on j.job_id = r.job_id
       where r.job_id = $1 and r.row_no > $2 and ${which === 'REFUSED' ? 'r.refused' : `r.warnings <> '[]'::jsonb`}
       order by r.row_no limit $3`,
      [job, after, first],
    ),
  );
