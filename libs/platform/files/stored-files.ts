import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Tx } from '../database/orm.ts';
import { execute } from '../database/query.ts';
import { asWorker, inScope, type Scope } from '../database/scope.ts';
import { describe } from '../service/loop.ts';
import type { Files } from './files.ts';

/** The scope of exactly one place of the tree. */
export const placeScope = (place: number): Scope => ({ lo: place, hi: place, persons: [] });

/**
 * Encrypts a stream into the storage, then lets `own` say in a transaction whose file it is. True when it found an
 * owner; when `own` declines, the stream breaks or anything fails, nothing stays behind.
 */
export const storeFile = async (
  files: Files,
  place: number,
  content: AsyncIterable<Uint8Array>,
  own: (tx: Tx, file: string) => Promise<boolean>,
): Promise<boolean> => {
  const { app, clock } = files.core;
  const file = randomUUID();
  await inScope(app, placeScope(place), (tx) =>
    execute(
      tx,
      `insert into stored_file (file_id, place, state, recorded_at) values ($1, $2, 'WRITING', $3)`,
      [file, place, clock.now()],
    ),
  );
  let isOwned = false;
  try {
    await files.storage.write(file, files.encryption.encrypt(content, file));
    isOwned = await inScope(app, placeScope(place), async (tx) => keep(tx, file, own));
  } finally {
    if (!isOwned) await dropFile(files, file);
  }
  return isOwned;
};

/** False when the sweeper has given the file up meanwhile, or nobody takes it. */
const keep = async (
  tx: Tx,
  file: string,
  own: (tx: Tx, file: string) => Promise<boolean>,
): Promise<boolean> => {
  const held = `update stored_file set state = 'KEPT' where file_id = $1 and state = 'WRITING'`;
  if ((await execute(tx, held, [file])) !== 1) return false;
  if (await own(tx, file)) return true;
  await execute(tx, `update stored_file set state = 'DROPPED' where file_id = $1`, [file]);
  return false;
};

/**
 * Removes a file and its row, the row last. A failure is told and left to the sweeper: the row is marked first, so
 * the file is found again and never kept by mistake.
 */
export const dropFile = async (files: Files, file: string): Promise<void> => {
  try {
    await asWorker(files.core.worker, (tx) =>
      execute(tx, `update stored_file set state = 'DROPPED' where file_id = $1`, [file]),
    );
    await files.storage.remove(file);
    await asWorker(files.core.worker, (tx) =>
      execute(tx, `delete from stored_file where file_id = $1 and state = 'DROPPED'`, [file]),
    );
  } catch (error) {
    files.core.log.warn({ error: describe(error) }, 'a file could not be removed yet');
  }
};

/** The plain bytes of a stored file; the stream fails with FileDamaged where it is not what was written. */
export const readFile = async (files: Files, file: string): Promise<Readable> => {
  const sealed = await files.storage.read(file);
  return Readable.from(files.encryption.decrypt(sealed, file), { objectMode: false });
};
