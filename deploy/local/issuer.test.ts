import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import request from 'supertest';
import { findIssuer, openIssuer } from '#deploy/local/issuer.ts';

const names = { issuer: 'http://localhost:4000', audience: 'registry' };
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'issuer-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

test('a token verifies against the published keys, for its audience, until its time is over', async () => {
  const issuer = await openIssuer(dir, names);
  const keys = createLocalJWKSet(issuer.jwks());
  const token = await issuer.issue({ sub: 'clerk-1', level: 'COUNTY' }, { ttl: 600 });
  const { payload } = await jwtVerify(token, keys, names);
  expect(payload).toMatchObject({ sub: 'clerk-1', level: 'COUNTY', iss: names.issuer, aud: names.audience });
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(600);
  await expect(jwtVerify(token, keys, { ...names, audience: 'another' })).rejects.toThrow();
  const later = new Date(Date.now() + 601_000);
  await expect(jwtVerify(token, keys, { ...names, currentDate: later })).rejects.toThrow('exp');
});

test('a token of another issuer with the same names is refused', async () => {
  const mine = await openIssuer(dir, names);
  const other = await openIssuer(mkdtempSync(join(dir, 'other-')), names);
  const token = await other.issue({ sub: 'x' }, { ttl: 60 });
  await expect(jwtVerify(token, createLocalJWKSet(mine.jwks()), names)).rejects.toThrow();
});

test('the key is made once, only its owner may read it, and it is never published', async () => {
  const first = await openIssuer(dir, names);
  const again = await openIssuer(dir, { ...names, issuer: 'http://localhost:4100' });
  expect(again.jwks()).toEqual(first.jwks());
  expect(statSync(join(dir, 'issuer.json')).mode & 0o777).toBe(0o600);
  expect(first.jwks().keys[0]).not.toHaveProperty('d');
});

test('a later process finds the issuer under the names it was last opened with', async () => {
  expect(await findIssuer(dir)).toBeUndefined();
  await openIssuer(dir, names);
  await openIssuer(dir, { ...names, issuer: 'http://localhost:4100' });
  const found = await findIssuer(dir);
  const token = (await found?.issue({ sub: 'x' }, { ttl: '8h' })) ?? '';
  expect(decodeJwt(token).iss).toBe('http://localhost:4100');
});

test.each(['', '{"issuer":"http://localhost:4000"}'])(
  'a damaged file (%j) is replaced by a new key',
  async (content) => {
    writeFileSync(join(dir, 'issuer.json'), content);
    expect(await findIssuer(dir)).toBeUndefined();
    const { jwks } = await openIssuer(dir, names);
    expect((await findIssuer(dir))?.jwks()).toEqual(jwks());
  },
);

test('the well-known documents are answered, everything else is left to others', async () => {
  const issuer = await openIssuer(dir, names);
  const server = createServer((asked, answer) => {
    if (!issuer.handle(asked, answer)) answer.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const keys = await request(server).get('/.well-known/jwks.json');
  expect(keys.body).toEqual(issuer.jwks());
  const configuration = await request(server).get('/.well-known/openid-configuration');
  expect(configuration.body).toMatchObject({ issuer: names.issuer, jwks_uri: issuer.jwksUrl });
  expect((await request(server).post('/.well-known/jwks.json')).status).toBe(405);
  expect((await request(server).get('/graphql')).status).toBe(404);
  server.close();
  await once(server, 'close');
});
