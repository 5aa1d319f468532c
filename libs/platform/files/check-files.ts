import { createHash } from 'node:crypto';
import { query } from '../database/query.ts';
import { asWorker, asWorkerOnce } from '../database/scope.ts';
import { type Loop, until } from '../service/loop.ts';
import { FileDamaged } from './chunk-cipher.ts';
import { type FileFault, leastChecked, noteChecked, type StoredFile } from './file-rows.ts';
import type { Files } from './files.ts';
import { FileMissing } from './storage.ts';

/** So many files are checked in one step. */
const batch = 20;

type Announced = { sha256: Buffer; size: string | number };

/** What the sender of an upload said of it; nothing for a report. */
const announcedOf = async (files: Files, file: string): Promise<Announced | undefined> => {
  const [row] = await asWorkerOnce(files.core.worker, (tx) =>
    query<Announced>(tx, 'select sha256, size from upload where file_id = $1', [file]),
  );
  return row;
};

type Seen = { fault: FileFault | null; sha256: Buffer | null };

/**
 * Reads a file through: the stored bytes must have the hash that was kept of them, every chunk must be authentic, and what
 * is in them must be what its sender announced. Throws where the storage or the database does not answer.
 */
const readThrough = async (files: Files, { file, object, sha256 }: StoredFile): Promise<Seen> => {
  const announced = await announcedOf(files, file);
  const [sealedHash, plainHash] = [createHash('sha256'), createHash('sha256')];
  let size = 0;
  try {
    const sealed = await files.storage.read(object);
    const hashed = async function* () {
      for await (const piece of sealed as AsyncIterable<Buffer>) {
        sealedHash.update(piece);
        yield piece;
      }
    };
    for await (const piece of files.encryption.decrypt(hashed(), object)) {
      plainHash.update(piece);
      size += piece.length;
    }
  } catch (error) {
    if (error instanceof FileMissing) return { fault: 'MISSING', sha256: null };
    if (error instanceof FileDamaged) return { fault: 'DAMAGED', sha256: null };
    throw error;
  }
  const found = sealedHash.digest();
  const isAsStored = sha256 === null || found.equals(sha256);
  const isAsAnnounced =
    announced === undefined ||
    (Number(announced.size) === size && plainHash.digest().equals(announced.sha256));
  return isAsStored && isAsAnnounced ? { fault: null, sha256: found } : { fault: 'DAMAGED', sha256: null };
};

/** What a round of checks came to. */
export type Checked = { files: number; faults: number };

/**
 * Checks files whose last check lies longest back, and before an instant. A fault is kept with the file and logged the
 * first time with the file's opaque id: an operator restores that object from the backup of the storage. A file that is
 * right again loses its fault with its next check.
 */
export const checkFiles = async (files: Files, before: string, most = batch): Promise<Checked> => {
  const { worker, clock, log } = files.core;
  const due = await asWorkerOnce(worker, (tx) => leastChecked(tx, before, most));
  let faults = 0;
  for (const each of due) {
    const seen = await readThrough(files, each);
    const isNew = await asWorker(worker, (tx) => noteChecked(tx, each, seen, clock.now()));
    if (seen.fault !== null) faults += 1;
    if (isNew)
      log.error({ incident: `FILE_${seen.fault}`, file: each.file }, 'a stored file is not what was stored');
  }
  return { files: due.length, faults };
};

/** Reads every file through once in a while, a few at a time, for as long as the service runs. */
export const startFileChecker = (files: Files): Loop =>
  until({
    name: 'file checker',
    log: files.core.log,
    idle: 10_000,
    // Paced: a round over everything takes its time, and leaves the storage to those who wait for it.
    busy: () => 1_000,
    step: async () => {
      const before = new Date(Date.parse(files.core.clock.now()) - files.limits.checkEvery).toISOString();
      return (await checkFiles(files, before)).files === batch;
    },
  });
