import { createHash, randomUUID } from 'node:crypto';
import { execute, query } from '../database/query.ts';
import { asWorkerOnce } from '../database/scope.ts';
import { FileDamaged } from './chunk-cipher.ts';
import type { Stored } from './file-rows.ts';
import type { Files } from './files.ts';
import { FileMissing } from './storage.ts';
import { readObject, writeSealed } from './stored-files.ts';

type Candidate = { file: string; object: string; next: string };

/**
 * Takes the next file that is under another key than the current one: the name of its new bytes is written down before the
 * first of them, so that what a killed process leaves is found. One whose bytes are being replaced is nobody else's.
 */
const claimNext = async (files: Files): Promise<Candidate | undefined> => {
  const next = randomUUID();
  const [row] = await asWorkerOnce(files.core.worker, (tx) =>
    query<{ file: string; object: string }>(
      tx,
      `update stored_file set spare_id = $1, spare_since = $2 where file_id = (
         select file_id from stored_file
         where state = 'KEPT' and spare_id is null and fault is null and key_id is distinct from $3
         order by file_id limit 1)
       and state = 'KEPT' and spare_id is null returning file_id as file, coalesce(object_id, file_id) as object`,
      [next, files.core.clock.now(), files.encryption.keyId],
    ),
  );
  return row && { ...row, next };
};

const hashOf = async (stream: AsyncIterable<Buffer>): Promise<string> => {
  const hash = createHash('sha256');
  for await (const piece of stream) hash.update(piece);
  return hash.digest('hex');
};

/** The plain bytes of the old object go through to the new one, which is read back before it counts. */
const copyOver = async (files: Files, { object, next }: Candidate): Promise<Stored> => {
  const hash = createHash('sha256');
  const passing = async function* () {
    for await (const piece of (await readObject(files, object)) as AsyncIterable<Buffer>) {
      hash.update(piece);
      yield piece;
    }
  };
  const stored = await writeSealed(files, next, passing());
  const kept = await hashOf(await readObject(files, next)).catch(() => undefined);
  if (kept !== hash.digest('hex')) throw new Error('The storage did not keep what was written');
  return stored;
};

/** From here on the new bytes are the file's; the old ones are removed when nobody can be reading them any more. */
const swap = async (files: Files, { file, object, next }: Candidate, stored: Stored): Promise<boolean> =>
  (await asWorkerOnce(files.core.worker, (tx) =>
    execute(
      tx,
      `update stored_file set object_id = $2, spare_id = $3, spare_since = $4, key_id = $5, size = $6, sha256 = $7,
         checked_at = $4 where file_id = $1 and state = 'KEPT' and spare_id = $2`,
      [file, next, object, files.core.clock.now(), stored.keyId, stored.size, stored.sha256],
    ),
  )) === 1;

const letGo = async (files: Files, { file, next }: Candidate, fault: string | null): Promise<void> => {
  await files.storage.remove(next);
  await asWorkerOnce(files.core.worker, (tx) =>
    execute(
      tx,
      `update stored_file set spare_id = null, spare_since = null, fault = coalesce($3, fault)
       where file_id = $1 and spare_id = $2`,
      [file, next, fault],
    ),
  );
};

/**
 * Seals the next file anew that is not under the current key, with a key of its own that the current one seals. False when
 * there is none. A file that cannot be read any more gets its fault and is passed over; when anything else fails, the
 * file stays as it was. It may be done by several processes at once, and killed at any moment.
 */
export const resealNextFile = async (files: Files): Promise<boolean> => {
  const candidate = await claimNext(files);
  if (candidate === undefined) return false;
  try {
    const stored = await copyOver(files, candidate);
    if (!(await swap(files, candidate, stored))) await files.storage.remove(candidate.next);
  } catch (error) {
    const fault = error instanceof FileMissing ? 'MISSING' : error instanceof FileDamaged ? 'DAMAGED' : null;
    await letGo(files, candidate, fault);
    if (fault === null) throw error;
    files.core.log.error(
      { incident: `FILE_${fault}`, file: candidate.file },
      'a stored file is not what was stored',
    );
  }
  return true;
};
