import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { Route, ServiceCore } from '#libs/platform/service/definition.ts';
import { publishedKeys } from '#libs/platform/signing/published-keys.ts';
import { signRevocationList } from '#libs/platform/signing/revocation-list.ts';
import type { Signing } from '#libs/platform/signing/signing.ts';
import { revokedCount, revokedDigests } from './forms.ts';

/** A list is made anew after so long (milliseconds), and at once when something was revoked. */
const listAge = 10 * 60_000;
/** Whether something was revoked is asked so often at most (milliseconds of the machine). */
const lookEvery = 1_000;
/** A list that was fetched is good for so long (milliseconds). */
const listLife = 7 * 86_400_000;
/** The file of keys is made anew after so long (milliseconds), with a new day until which it is good. */
const keysLife = 3_600_000;
/** Caches may keep the keys for so long (seconds): the next key is published before it signs. */
const keysAge = 86_400;

type File = { type: string; name: string; age: number; body: string };
type Kept = { madeAt: number; version: number; file: Promise<File> };

const listOf = async (core: ServiceCore, signing: Signing, now: number): Promise<File> => {
  const digests = await asWorker(core.worker, revokedDigests);
  const [issuedAt, nextUpdate] = [now, now + listLife].map((time) => new Date(time).toISOString());
  const body = signRevocationList(signing, digests, issuedAt ?? '', nextUpdate ?? '');
  return { type: 'application/jose', name: 'certificate-revocations.jws', age: listAge / 1000, body };
};

const keysOf = (signing: Signing, now: number): File => ({
  type: 'application/jwk-set+json',
  name: 'certificate-keys.json',
  age: keysAge,
  body: JSON.stringify(publishedKeys(signing.keys, new Date(now).toISOString())),
});

const answer = (
  response: ServerResponse,
  known: string | undefined,
  { type, name, age, body }: File,
): void => {
  const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
  const headers = { etag, 'cache-control': `public, max-age=${age}` };
  if (known === etag) {
    response.writeHead(304, headers).end();
    return;
  }
  response
    .writeHead(200, {
      ...headers,
      ...{ 'content-type': type, 'content-length': Buffer.byteLength(body) },
      ...{ 'content-disposition': `attachment; filename="${name}"`, 'x-content-type-options': 'nosniff' },
    })
    .end(body);
};

/**
 * `GET /certificates/keys` and `GET /certificates/revocations`, for everybody: with these two files anybody checks an
 * electronic certificate without asking again (CRT-13). 404 where no keys are configured.
 */
export const publishedRoute = (core: ServiceCore, signing: Signing | undefined): Route => {
  if (signing === undefined) return async () => false;
  const keys = kept(keysLife, async (now) => keysOf(signing, now));
  const list = kept(listAge, (now) => listOf(core, signing, now), versionOf(core));
  const files = new Map([
    ['/certificates/keys', keys],
    ['/certificates/revocations', list],
  ]);
  return async ({ url = '/', headers, method }, response) => {
    const file = files.get(url.split('?')[0] ?? '');
    if (file === undefined || method !== 'GET') return false;
    answer(response, headers['if-none-match'], await file(Date.parse(core.clock.now())));
    return true;
  };
};

/** How many are revoked: asked of the database once for all who come at the same time. */
const versionOf = (core: ServiceCore): (() => Promise<number>) => {
  let asked: { at: number; version: Promise<number> } | undefined;
  return () => {
    const at = performance.now();
    if (asked !== undefined && at - asked.at < lookEvery) return asked.version;
    const version = asWorker(core.worker, revokedCount);
    asked = { at, version };
    version.catch(() => {
      asked = undefined;
    });
    return version;
  };
};

/**
 * Makes a file anew once it is so old (milliseconds) or of another version; one that could not be made is tried again with the
 * next request.
 */
const kept = (
  age: number,
  make: (now: number) => Promise<File>,
  versionNow: () => Promise<number> = async () => 0,
): ((now: number) => Promise<File>) => {
  let held: Kept | undefined;
  return async (now) => {
    const version = await versionNow();
    if (held === undefined || held.version !== version || now - held.madeAt >= age)
      held = { madeAt: now, version, file: make(now) };
    const current = held;
    try {
      return await current.file;
    } catch (error) {
      if (held === current) held = undefined;
      throw error;
    }
  };
};
