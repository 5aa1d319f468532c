import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Dispatcher, Pool } from 'undici';
import type { Tokens } from '#libs/platform/actor/tokens.ts';
import { unauthenticated } from '#libs/platform/errors/errors.ts';
import type { RateLimits } from '../limits/rate-limits.ts';
import { callerOf } from './caller.ts';
import { badRequest, Refusal, serviceUnavailable, tooLarge } from './refusal.ts';

const passedOn = ['content-type', 'content-length', 'content-digest', 'if-none-match', 'range'] as const;
const passedBack = [
  'content-type',
  'content-length',
  'content-disposition',
  'content-range',
  'accept-ranges',
  'etag',
  'retry-after',
  'cache-control',
  'x-content-type-options',
  'content-security-policy',
  'allow',
] as const;

/**
 * Paths of files: uploads, reports, the proofs of archives and what lies with tickets, and the papers of certificates with
 * their electronic forms and the pages that show those, slips, and tables of figures.
 */
export const filePath =
  /^\/(uploads|reports|papers|electronic|pages|proofs|attachments|slips|exports)\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Method of each of those paths. */
export const fileMethod = (path: string): 'PUT' | 'GET' => (path.startsWith('/uploads/') ? 'PUT' : 'GET');

type Parts = { files: Pool; tokens: Tokens; rates: Pick<RateLimits, 'admit'>; most: number };

/** Lets at most so many bytes through; more is a refusal. */
const atMost = (bytes: number): Transform => {
  let size = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > bytes) done(tooLarge());
      else done(null, chunk);
    },
  });
};

/**
 * Passes a file on to the service that keeps or makes it, or back from it, without holding it: uploads up to a size, in
 * the name of the caller, or by the short-lived token `t` of the address, which that service checks; what comes back
 * is only for somebody signed in. When either side breaks off, the other side is broken off too.
 */
export const passFile = async (
  { files, tokens, rates, most }: Parts,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  operationId: string,
): Promise<void> => {
  const { actor, forwarded } = await callerOf(tokens, request, operationId);
  rates.admit(actor, request);
  const { search, searchParams } = new URL(request.url ?? '/', 'http://gateway');
  const method = fileMethod(path);
  if (actor === null && (method === 'GET' || !searchParams.has('t'))) throw unauthenticated();
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge();
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const body = method === 'PUT' ? limited(request, most) : undefined;
  const answer = await send(files, {
    path: `${path}${search}`,
    method,
    body: body?.stream,
    signal: gone.signal,
    headers: {
      ...Object.fromEntries(
        passedOn.flatMap((name) => (request.headers[name] ? [[name, request.headers[name]]] : [])),
      ),
      ...forwarded,
    },
  }).catch((error: unknown) => {
    throw body?.failure() ?? (error instanceof Refusal ? error : serviceUnavailable());
  });
  for (const name of passedBack) {
    const value = answer.headers[name];
    if (value !== undefined) response.setHeader(name, value);
  }
  response.statusCode = answer.statusCode;
  await pipeline(answer.body, response).catch(() => response.destroy());
};

const send = (files: Pool, options: Dispatcher.RequestOptions): Promise<Dispatcher.ResponseData> =>
  files.request(options);

/** The request's body within its limit, and why it broke off where it did. */
const limited = (
  request: IncomingMessage,
  most: number,
): { stream: Readable; failure(): Refusal | undefined } => {
  const stream = atMost(most);
  let failure: Refusal | undefined;
  stream.once('error', (error) => {
    failure = error instanceof Refusal ? error : badRequest('上传中断。 The upload was cut off.');
  });
  request.once('aborted', () => stream.destroy(badRequest('上传中断。 The upload was cut off.')));
  request.pipe(stream);
  return { stream, failure: () => failure };
};
