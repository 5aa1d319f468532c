import { query } from '../database/query.ts';
import { asWorkerOnce } from '../database/scope.ts';
import type { Files } from './files.ts';
import { dropFile } from './stored-files.ts';

const batch = 200;

/**
 * Removes kept files of at least a day that no upload and no report owns: a process was killed after it gave their owner
 * another file, or none. Returns how many went.
 */
export const dropOwnerless = async (files: Files): Promise<number> => {
  const { worker, clock } = files.core;
  const before = new Date(Date.parse(clock.now()) - files.limits.ownerlessFor).toISOString();
  const rows = await asWorkerOnce(worker, (tx) =>
    query<{ file: string }>(
      tx,
      `update stored_file set state = 'DROPPED' where state = 'KEPT' and file_id in (
         select file_id from stored_file as kept
         where state = 'KEPT' and recorded_at < $1
           and not exists (select from upload where upload.file_id = kept.file_id)
           and not exists (select from report where report.file_id = kept.file_id)
         order by recorded_at limit ${batch}) returning file_id as file`,
      [before],
    ),
  );
  for (const { file } of rows) await dropFile(files, file);
  return rows.length;
};
