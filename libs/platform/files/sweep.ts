import type { Tx } from '../database/orm.ts';
import { execute, query } from '../database/query.ts';
import { asWorker } from '../database/scope.ts';
import { type Loop, until } from '../service/loop.ts';
import type { Files } from './files.ts';
import { giveUpSpares, noteLooseObjects, removeLoose } from './loose-objects.ts';
import { dropOwnerless } from './ownerless.ts';
import { dropFile } from './stored-files.ts';

const batch = 200;

/**
 * Forgets uploads that never came or were refused, once their address is long out of date, and uploads and reports
 * whose time is over; then removes every file that has no owner, bytes that were replaced, and what a walk through the
 * storage found loose long ago. Returns how many rows and files went. Safe to run
 * in several processes at once.
 */
export const sweepUploads = async (files: Files): Promise<number> => {
  const now = Date.parse(files.core.clock.now());
  const before = (milliseconds: number) => new Date(now - milliseconds).toISOString();
  const givenUp = before(files.limits.patience);
  const outdated = before(files.limits.keptFor);
  const forgotten = await asWorker(files.core.worker, async (tx) => {
    const never = await forget(
      tx,
      'upload',
      'upload_id',
      `state in ('REQUESTED', 'REFUSED') and expires_at < $1`,
      givenUp,
    );
    const old = await forget(
      tx,
      'upload',
      'upload_id',
      `state in ('RECEIVED', 'ACCEPTED') and coalesce(held_at, received_at) < $1 and taken_at is null`,
      outdated,
    );
    const reports = await forget(tx, 'report', 'report_id', 'saved_at < $1', outdated);
    return never + old + reports;
  });
  const loose = await asWorker(files.core.worker, (tx) => claimLoose(tx, givenUp));
  for (const file of loose) await dropFile(files, file);
  await giveUpSpares(files, givenUp);
  const removed = await removeLoose(files, before(files.limits.looseFor));
  return forgotten + loose.length + removed;
};

/** Deletes some of the rows that meet a condition on an instant, and gives up their files. */
const forget = async (
  tx: Tx,
  table: 'upload' | 'report',
  key: string,
  condition: string,
  instant: string,
): Promise<number> => {
  const rows = await query<{ file_id: string | null }>(
    tx,
    `delete from ${table} where ${key} in (select ${key} from ${table} where ${condition} limit ${batch})
     and ${condition} returning file_id`,
    [instant],
  );
  const owned = rows.flatMap((row) => (row.file_id === null ? [] : [row.file_id]));
  await execute(tx, `update stored_file set state = 'DROPPED' where file_id = any($1::uuid[])`, [owned]);
  return rows.length;
};

/** Files that nobody owns: given up already, or written for so long that their writer must be gone. */
const claimLoose = async (tx: Tx, givenUp: string): Promise<string[]> => {
  const rows = await query<{ file_id: string }>(
    tx,
    `update stored_file set state = 'DROPPED' where file_id in (
       select file_id from stored_file where state = 'DROPPED' or (state = 'WRITING' and recorded_at < $1)
       limit ${batch})
     and (state = 'DROPPED' or (state = 'WRITING' and recorded_at < $1)) returning file_id`,
    [givenUp],
  );
  return rows.map((row) => row.file_id);
};

/** Sweeps once a minute for as long as the service runs. */
export const startUploadSweeper = (files: Files): Loop =>
  until({
    name: 'upload sweeper',
    log: files.core.log,
    idle: 60_000,
    step: async () => (await sweepUploads(files)) >= batch,
  });

/** Walks through the storage once an hour for what no row knows, and removes what nobody owns. */
export const startStorageWalker = (files: Files): Loop =>
  until({
    name: 'storage walker',
    log: files.core.log,
    idle: 3_600_000,
    step: async () => {
      await noteLooseObjects(files);
      return (await dropOwnerless(files)) > 0;
    },
  });
