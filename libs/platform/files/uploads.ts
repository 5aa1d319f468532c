import { createHash } from 'node:crypto';
import { query } from '../database/query.ts';
import { asWorker, asWorkerOnce, inScope, inScopeOnce, type Scope } from '../database/scope.ts';
import { notFound } from '../errors/errors.ts';
import { FileDamaged } from './chunk-cipher.ts';
import { inspectContent, isLookedInto } from './content/inspect-content.ts';
import { giveUpFile } from './file-rows.ts';
import type { Files } from './files.ts';
import { inspect } from './inspect.ts';
import { type FileProblemCode, FileRefused } from './problems.ts';
import { openAnywhere, type RandomAccess } from './random-access.ts';
import { FileMissing } from './storage.ts';
import { dropFile, objectOf, placeScope, readFile, storeFile } from './stored-files.ts';
import { acceptUpload, findUpload, receiveUpload, refuseUpload, type Upload } from './upload-rows.ts';

/**
 * Takes in the bytes of an upload while they are checked; they reach the storage encrypted. Throws FileRefused: with
 * a definite reason the upload is REFUSED; a stream that broke leaves it as it was, to be sent again.
 */
export const takeUpload = async (
  files: Files,
  upload: Upload,
  body: AsyncIterable<Uint8Array>,
): Promise<void> => {
  const { app, clock } = files.core;
  const seen: { refusal?: FileRefused } = {};
  const checked = noting(inspect(body, upload), (refusal) => {
    seen.refusal = refusal;
  });
  try {
    const isFirst = await storeFile(files, upload.place, checked, (tx, file) =>
      receiveUpload(tx, upload.id, file, clock.now()),
    );
    if (!isFirst) throw new FileRefused('UPLOAD_ALREADY_RECEIVED');
  } catch (error) {
    const { refusal } = seen;
    if (refusal === undefined) throw error;
    const refused = await inScopeOnce(app, placeScope(upload.place), (tx) =>
      refuseUpload(tx, upload.id, 'REQUESTED', refusal.problem.code),
    );
    throw refused ? refusal : new FileRefused('UPLOAD_ALREADY_RECEIVED');
  }
};

/** Tells of a refusal as such: on its way through a storage an error may be wrapped. */
async function* noting(
  source: AsyncIterable<Uint8Array>,
  note: (refusal: FileRefused) => void,
): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (error) {
    if (error instanceof FileRefused) note(error);
    throw error;
  }
}

/**
 * Reads a received upload back from the storage, compares it with what was announced and, where it is a paper, looks into
 * the whole of it: then it is ACCEPTED, or REFUSED and removed. In every other state, nothing happens. Returns the upload as it is afterwards.
 */
export const verifyUpload = async (files: Files, upload: Upload): Promise<Upload> => {
  if (upload.state !== 'RECEIVED' || upload.file === null) return upload;
  const refusal = await refusalOf(files, upload.file, upload);
  const scope = placeScope(upload.place);
  const changed =
    refusal === undefined
      ? await inScopeOnce(files.core.app, scope, (tx) => acceptUpload(tx, upload.id))
      : await refuseReceived(files, upload, refusal);
  const after = changed ?? (await inScopeOnce(files.core.app, scope, (tx) => findUpload(tx, upload.id)));
  if (after === undefined) throw notFound('upload');
  if (after.state === 'REFUSED') await dropFile(files, upload.file);
  return after;
};

/** Refuses a received upload and gives its file up in the same transaction. */
const refuseReceived = (
  files: Files,
  { id, place, file }: Upload,
  refusal: FileProblemCode,
): Promise<Upload | undefined> =>
  inScope(files.core.app, placeScope(place), async (tx) => {
    const refused = await refuseUpload(tx, id, 'RECEIVED', refusal);
    if (refused && file !== null) await giveUpFile(tx, file);
    return refused;
  });

/** Why a received file is not accepted; undefined where nothing speaks against it. */
const refusalOf = async (
  files: Files,
  file: string,
  announced: Upload,
): Promise<FileProblemCode | undefined> => {
  const hash = createHash('sha256');
  const pieces: Buffer[] = [];
  const isPaper = isLookedInto(announced.mediaType);
  let size = 0;
  try {
    for await (const chunk of (await readFile(files, file)) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      size += chunk.length;
      if (isPaper) pieces.push(Buffer.from(chunk));
    }
  } catch (error) {
    if (error instanceof FileDamaged || error instanceof FileMissing) return 'STORED_FILE_DAMAGED';
    throw error;
  }
  if (size !== announced.size || !hash.digest().equals(announced.sha256)) return 'STORED_FILE_DAMAGED';
  return isPaper ? inspectContent(Buffer.concat(pieces), announced.mediaType) : undefined;
};

/** An ACCEPTED upload within a scope; of any place for a worker, which gives none. Throws NOT_FOUND. */
export const acceptedUpload = async (
  files: Files,
  id: string,
  scope?: Scope,
): Promise<Upload & { file: string }> => {
  const { app, worker } = files.core;
  const upload = scope
    ? await inScopeOnce(app, scope, (tx) => findUpload(tx, id))
    : await asWorkerOnce(worker, (tx) => findUpload(tx, id));
  if (upload?.state !== 'ACCEPTED' || upload.file === null) throw notFound('accepted upload');
  return { ...upload, file: upload.file };
};

/**
 * An ACCEPTED upload whose plain bytes can be read from any place: for a workbook, which is read from its end, so
 * that no plain copy of it touches a disk. Throws NOT_FOUND and FileDamaged.
 */
export const openUploadAnywhere = async (files: Files, id: string, scope?: Scope): Promise<RandomAccess> => {
  const { file } = await acceptedUpload(files, id, scope);
  return openAnywhere(files.storage, files.core.sealing, await objectOf(files, file));
};

/** Forgets an upload that has served its purpose; one that is gone is forgotten already. */
export const discardUpload = async (files: Files, id: string): Promise<void> => {
  const [gone] = await asWorker(files.core.worker, async (tx) => {
    const rows = await query<{ file_id: string | null }>(
      tx,
      'delete from upload where upload_id = $1 returning file_id',
      [id],
    );
    const [row] = rows;
    if (row?.file_id) await giveUpFile(tx, row.file_id);
    return rows;
  });
  if (gone?.file_id) await dropFile(files, gone.file_id);
};
