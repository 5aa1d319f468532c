import { isUuid } from '#libs/contracts/ids.ts';
import { inScope, type Scope } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { ImportJob, ImportRow } from './entities.ts';

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

/** Refused rows of a job after a row number, in the order of the file. */
export const listBadRows = (
  core: ServiceCore,
  scope: Scope,
  job: string,
  after: number,
  first: number,
): Promise<ImportRow[]> =>
  inScope(core.app, scope, (tx) =>
    tx.find(ImportRow, { jobId: job, rowNo: { $gt: after } }, { orderBy: { rowNo: 'asc' }, limit: first }),
  );
