import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Tx } from '../database/orm.ts';
import { execute, query } from '../database/query.ts';
import { asWorkerOnce, inScope, inScopeOnce, type Scope } from '../database/scope.ts';
import { describe } from '../service/loop.ts';
import { findStored, giveUpFile, keepStored, type Stored } from './file-rows.ts';
import type { Files } from './files.ts';
import { FileMissing } from './storage.ts';

/** The scope of exactly one place of the tree. */
export const placeScope = (place: number): Scope => ({ lo: place, hi: place, persons: [] });

/** Encrypts a stream into the storage under a name, with the current key. Returns what lies there. */
export const writeSealed = async (
  files: Files,
  object: string,
  content: AsyncIterable<Uint8Array>,
): Promise<Stored> => {
  const hash = createHash('sha256');
  let size = 0;
  const counted = async function* () {
    for await (const piece of files.encryption.encrypt(content, object)) {
      hash.update(piece);
      size += piece.length;
      yield piece;
    }
  };
  await files.storage.write(object, counted());
  return { keyId: files.encryption.keyId, size, sha256: hash.digest() };
};

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
  await inScopeOnce(app, placeScope(place), (tx) =>
    execute(
      tx,
      `insert into stored_file (file_id, place, state, recorded_at) values ($1, $2, 'WRITING', $3)`,
      [file, place, clock.now()],
    ),
  );
  let isOwned = false;
  try {
    const stored = await writeSealed(files, file, content);
    isOwned = await inScope(app, placeScope(place), async (tx) => keep(tx, file, stored, own));
  } finally {
    if (!isOwned) await dropFile(files, file);
  }
  return isOwned;
};

/** False when the sweeper has given the file up meanwhile, or nobody takes it. */
const keep = async (
  tx: Tx,
  file: string,
  stored: Stored,
  own: (tx: Tx, file: string) => Promise<boolean>,
): Promise<boolean> => {
  if (!(await keepStored(tx, file, stored))) return false;
  if (await own(tx, file)) return true;
  await giveUpFile(tx, file);
  return false;
};

/**
 * Removes a file and its row, the row last. A failure is told and left to the sweeper: the row is marked first, so
 * the file is found again and never kept by mistake.
 */
export const dropFile = async (files: Files, file: string): Promise<void> => {
  try {
    const [row] = await asWorkerOnce(files.core.worker, (tx) =>
      query<{ object: string | null; spare: string | null }>(
        tx,
        `update stored_file set state = 'DROPPED' where file_id = $1 returning object_id as object, spare_id as spare`,
        [file],
      ),
    );
    for (const name of new Set([file, row?.object, row?.spare])) if (name) await files.storage.remove(name);
    await asWorkerOnce(files.core.worker, (tx) =>
      execute(tx, `delete from stored_file where file_id = $1 and state = 'DROPPED'`, [file]),
    );
  } catch (error) {
    files.core.log.warn({ error: describe(error) }, 'a file could not be removed yet');
  }
};

/** The name of the bytes of a file now. Throws FileMissing. */
export const objectOf = async (files: Files, file: string): Promise<string> => {
  const found = await asWorkerOnce(files.core.worker, (tx) => findStored(tx, file));
  if (found === undefined) throw new FileMissing();
  return found.object;
};

/** The plain bytes of the object of a file; the stream fails with FileDamaged where it is not what was written. */
export const readObject = async (files: Files, object: string): Promise<Readable> => {
  const sealed = await files.storage.read(object);
  const plain = Readable.from(files.encryption.decrypt(sealed, object), { objectMode: false });
  // Whoever goes away before the first byte leaves the generator unbegun, which then closes nothing.
  return plain.once('close', () => sealed.destroy());
};

/** The plain bytes of a stored file; the stream fails with FileDamaged where it is not what was written. */
export const readFile = async (files: Files, file: string): Promise<Readable> =>
  readObject(files, await objectOf(files, file));
