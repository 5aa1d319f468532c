import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Pool } from 'undici';
import { serviceUnavailable } from './refusal.ts';

/** What the service of certificates publishes for everybody. */
export const publishedPaths: readonly string[] = ['/certificates/keys', '/certificates/revocations'];

const passedBack = [
  'content-type',
  'content-length',
  'content-disposition',
  'cache-control',
  'etag',
] as const;

/**
 * Passes on what is published for everybody, without anybody's name: keys and list of revocations, which may be kept by
 * caches and read by pages of other sites.
 */
export const passPublished = async (
  certificates: Pool,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> => {
  const known = request.headers['if-none-match'];
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const answer = await certificates
    .request({ path, method: 'GET', signal: gone.signal, headers: known ? { 'if-none-match': known } : {} })
    .catch(() => {
      throw serviceUnavailable();
    });
  for (const name of passedBack) {
    const value = answer.headers[name];
    if (value !== undefined) response.setHeader(name, value);
  }
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('cross-origin-resource-policy', 'cross-origin');
  response.statusCode = answer.statusCode;
  await pipeline(answer.body, response).catch(() => response.destroy());
};
