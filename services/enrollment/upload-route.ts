import type { IncomingMessage } from 'node:http';
import { inScopeOnce } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { answering, answerJson, fileAddress } from '#libs/platform/files/answers.ts';
import type { Files } from '#libs/platform/files/files.ts';
import { openLink } from '#libs/platform/files/links.ts';
import { FileRefused } from '#libs/platform/files/problems.ts';
import { placeScope } from '#libs/platform/files/stored-files.ts';
import { findUpload, type Upload } from '#libs/platform/files/upload-rows.ts';
import { takeUpload } from '#libs/platform/files/uploads.ts';
import type { Route } from '#libs/platform/service/definition.ts';

/** A sender that says nothing for so long (milliseconds) is gone. */
const silence = 60_000;

/**
 * `PUT /uploads/<id>?t=<token>`: the announced bytes as the body, no other header needed. 201 once they lie in the
 * storage; 401, 403, 404, 405, 409, 413, 415 and 422 say what is wrong. A sending that breaks off leaves nothing and
 * can be repeated while the address is good.
 */
export const uploadRoute =
  (files: Files): Route =>
  async (request, response) => {
    const address = fileAddress(request, 'uploads');
    if (address === undefined) return false;
    await answering(files.core, response, async () => {
      if (request.method !== 'PUT') {
        response.setHeader('allow', 'PUT');
        throw new FileRefused('METHOD_NOT_ALLOWED');
      }
      const upload = await awaitedUpload(files, address, request);
      assertSendable(request, upload);
      request.setTimeout(silence);
      await takeUpload(files, upload, bodyOf(request));
      answerJson(response, 201, { id: upload.id, state: 'RECEIVED' });
    });
    drain(request, files.limits.maxBytes);
    return true;
  };

/** The upload that the address was given out for, when it still waits and nobody else holds the address. */
const awaitedUpload = async (
  files: Files,
  { id, token }: { id: string; token: string | null },
  request: IncomingMessage,
): Promise<Upload> => {
  const { sealing, clock, app, tokens } = files.core;
  const bearer = openLink(sealing, 'upload', id, token, clock.now());
  const actor = await tokens.actorFrom(request.headers.authorization);
  if (actor !== null && actor.subject !== bearer.subject) throw outOfJurisdiction();
  const upload = await inScopeOnce(app, placeScope(bearer.place), (tx) => findUpload(tx, id));
  if (upload === undefined) throw new FileRefused('FILE_UNKNOWN');
  if (upload.owner !== bearer.subject) throw outOfJurisdiction();
  if (upload.state === 'REFUSED') throw new FileRefused('UPLOAD_ALREADY_REFUSED');
  if (upload.state !== 'REQUESTED') throw new FileRefused('UPLOAD_ALREADY_RECEIVED');
  return upload;
};

/** What the headers tell before the first byte; the upload goes on waiting. */
const assertSendable = ({ headers }: IncomingMessage, upload: Upload): void => {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw new FileRefused('CONTENT_ENCODING_NOT_SUPPORTED');
  const length = headers['content-length'];
  if (length === undefined) return;
  if (Number(length) > upload.size) throw new FileRefused('FILE_TOO_LARGE');
  if (Number(length) < upload.size) throw new FileRefused('FILE_SIZE_DIFFERS');
};

/** The body, whose early end by a refusal must not close the connection that the answer goes out on. */
const bodyOf = (request: IncomingMessage): AsyncIterable<Uint8Array> => ({
  [Symbol.asyncIterator]: () => request.iterator({ destroyOnReturn: false }),
});

/** Lets a refused sender finish, so that it reads the answer; one that goes on and on is cut off. */
const drain = (request: IncomingMessage, most: number): void => {
  if (request.readableEnded || request.destroyed) return;
  let left = most;
  request.on('data', (piece: Buffer) => {
    left -= piece.length;
    if (left < 0) request.destroy();
  });
  request.on('error', () => request.destroy());
  request.resume();
};
