import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { demoIdentities } from '#deploy/demo/identities.ts';
import { type Issuer, openIssuer } from '../issuer.ts';
import { serveIssuer } from '../serve-issuer.ts';

const home = 'http://127.0.0.1:4000';
const back = `${home}/signed-in`;
const verifier = randomBytes(32).toString('base64url');
const challenge = createHash('sha256').update(verifier).digest('base64url');

let dir: string;
let issuer: Issuer;
let stop: () => Promise<void>;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'sign-in-'));
  const signIn = { identities: demoIdentities(), origins: [home] };
  ({ issuer, stop } = await serveIssuer(dir, { audience: 'registry', signIn }));
});
afterAll(async () => {
  await stop();
  rmSync(dir, { recursive: true });
});

const authorize = (more: Record<string, string> = {}): Promise<Response> => {
  const url = new URL('/authorize', issuer.issuer);
  const asked = {
    ...{
      client_id: 'console',
      redirect_uri: back,
      response_type: 'code',
      scope: 'openid',
      state: 's1',
      nonce: 'n1',
    },
    ...{ code_challenge: challenge, code_challenge_method: 'S256' },
    ...more,
  };
  url.search = new URLSearchParams(asked).toString();
  return fetch(url, { redirect: 'manual' });
};

const codeOf = async (name: string): Promise<string> => {
  const location = (await authorize({ as: name })).headers.get('location') ?? '';
  return new URL(location).searchParams.get('code') ?? '';
};

const token = (form: Record<string, string>): Promise<Response> =>
  fetch(new URL('/token', issuer.issuer), {
    method: 'POST',
    headers: { origin: home },
    body: new URLSearchParams({ client_id: 'console', ...form }),
  });

const exchange = (code: string, more: Record<string, string> = {}): Promise<Response> =>
  token({ grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: back, ...more });

test('the page names everybody of the demo, loads nothing, and is one choice away from the console', async () => {
  const response = await authorize();
  const html = await response.text();
  for (const { title } of demoIdentities()) expect(html).toContain(title);
  expect(html).not.toMatch(/<script|src=/);
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  const location = new URL((await authorize({ as: 'registrar' })).headers.get('location') ?? '');
  expect(location.origin + location.pathname).toBe(back);
  expect(location.searchParams.get('state')).toBe('s1');
});

test('the code becomes the tokens of who was chosen, once', async () => {
  const code = await codeOf('registrar');
  const response = await exchange(code);
  expect(response.headers.get('access-control-allow-origin')).toBe(home);
  const { access_token, id_token, expires_in } = (await response.json()) as Record<string, string>;
  const keys = createRemoteJWKSet(new URL(issuer.jwksUrl));
  const { payload } = await jwtVerify(String(access_token), keys, {
    issuer: issuer.issuer,
    audience: 'registry',
  });
  expect(payload).toMatchObject({ sub: 'demo-registrar', school: '2114000001', roles: ['REGISTRAR'] });
  expect(Number(payload.exp) - Number(payload.iat)).toBe(expires_in);
  expect(decodeJwt(String(id_token))).toMatchObject({ aud: 'console', nonce: 'n1', sub: 'demo-registrar' });
  expect((await exchange(code)).status).toBe(400);
});

test.each([
  ['another verifier', { code_verifier: randomBytes(32).toString('base64url') }],
  ['another address', { redirect_uri: `${home}/elsewhere` }],
  ['another client', { client_id: 'another' }],
])('a code with %s is refused', async (_, wrong) => {
  expect((await exchange(await codeOf('registrar'), wrong)).status).toBe(400);
});

test.each([
  ['leads elsewhere', { redirect_uri: 'http://127.0.0.1:4001/signed-in' }],
  ['wants tokens at once', { response_type: 'token' }],
  ['has no challenge', { code_challenge: '' }],
  ['has a plain challenge', { code_challenge_method: 'plain' }],
])('a request that %s is refused, and leads nowhere', async (_, wrong) => {
  const response = await authorize({ as: 'registrar', ...wrong });
  expect([response.status, response.headers.get('location')]).toEqual([400, null]);
});

test('a sign-in is renewed by its refresh token, which opens nothing by itself', async () => {
  const { refresh_token, access_token } = (await (await exchange(await codeOf('shanxi'))).json()) as Record<
    string,
    string
  >;
  const renewed = await token({ grant_type: 'refresh_token', refresh_token: String(refresh_token) });
  expect(decodeJwt(((await renewed.json()) as Record<string, string>).access_token ?? '')).toMatchObject({
    unit: '140000',
  });
  const swapped = await token({ grant_type: 'refresh_token', refresh_token: String(access_token) });
  expect(swapped.status).toBe(400);
  expect(decodeJwt(String(refresh_token)).aud).not.toBe('registry');
});

test('a token of another issuer renews nothing', async () => {
  const other = await openIssuer(mkdtempSync(join(dir, 'other-')), issuer);
  const forged = await other.sign(
    { as: 'ministry', client: 'console' },
    { audience: issuer.issuer, type: 'refresh+jwt', ttl: 60 },
  );
  expect((await token({ grant_type: 'refresh_token', refresh_token: forged })).status).toBe(400);
});

test('another site reads no tokens, and the end of a session leads back to the console alone', async () => {
  const foreign = await fetch(new URL('/token', issuer.issuer), {
    method: 'POST',
    headers: { origin: 'http://evil.test' },
  });
  expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
  const end = (to: string) =>
    fetch(`${issuer.issuer}/end-session?post_logout_redirect_uri=${encodeURIComponent(to)}`, {
      redirect: 'manual',
    });
  expect((await end(`${home}/signed-out`)).headers.get('location')).toBe(`${home}/signed-out`);
  expect((await end('http://evil.test/')).status).toBe(400);
});
