import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as ask, createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { refusalOf, refuse } from '../../http/refusal.ts';
import { sections } from '../sections.ts';
import { consoleRoutes } from './routes.ts';

const page = '<!doctype html><script type="module" src="/assets/index-1.js"></script>';
const script = 'document.title = "学籍";'.repeat(50);

let folder: string;
let server: Server;
let url: string;

const build = (): void => {
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), page);
  writeFileSync(join(folder, 'assets/index-1.js'), script);
  writeFileSync(join(folder, 'assets/index-1.js.br'), brotliCompressSync(script));
  writeFileSync(join(folder, 'assets/index-1.js.gz'), gzipSync(script));
  writeFileSync(join(folder, 'sources.sha256'), 'digest');
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'console-'));
  const routes = consoleRoutes({
    CONSOLE_FOLDER: folder,
    CONSOLE_CLIENT_ID: 'console',
    CONSOLE_SCOPE: 'openid',
    OIDC_ISSUER: 'https://sign-in.test/realm',
  });
  server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const route = routes.find(({ matches }) => matches(path));
    if (!route) response.writeHead(404).end();
    else
      route
        .answer(request, response, 'operation')
        .catch((error) => refuse(response, refusalOf(error), 'operation'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true });
});

/** The body as it travelled. */
const raw = async (path: string, encoding: string): Promise<{ encoding?: string; body: Buffer }> => {
  const { promise, resolve, reject } = Promise.withResolvers<{ encoding?: string; body: Buffer }>();
  ask(`${url}${path}`, { headers: { 'accept-encoding': encoding } }, async (response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk);
    resolve({ encoding: response.headers['content-encoding'], body: Buffer.concat(chunks) });
  })
    .once('error', reject)
    .end();
  return promise;
};

test('every section and everything below it is the one page, so that an address survives loading again', async () => {
  build();
  for (const path of ['/', ...sections.flatMap((section) => [`/${section}`, `/${section}/a/b?c=1`])]) {
    const response = await fetch(url + path);
    expect([path, response.status, await response.text()]).toEqual([path, 200, page]);
    expect(response.headers.get('cache-control')).toBe('no-cache');
  }
  expect((await fetch(`${url}/nowhere`)).status).toBe(404);
  expect((await fetch(`${url}/studentsx`)).status).toBe(404);
});

test('the page runs scripts of the gateway alone, and speaks to the gateway and the issuer', async () => {
  build();
  const policy = (await fetch(url)).headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'; script-src 'self';");
  expect(policy).toContain("connect-src 'self' https://sign-in.test;");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
});

test('files named by their content are kept for good, the page is asked for again by its tag', async () => {
  build();
  const file = await fetch(`${url}/assets/index-1.js`);
  expect(file.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(file.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  const first = await fetch(url);
  const again = await fetch(url, { headers: { 'if-none-match': first.headers.get('etag') ?? '' } });
  expect(again.status).toBe(304);
});

test('a file travels in the smallest form that the caller takes', async () => {
  build();
  const path = '/assets/index-1.js';
  const smallest = await raw(path, 'gzip, deflate, br');
  expect([smallest.encoding, brotliDecompressSync(smallest.body).toString()]).toEqual(['br', script]);
  const older = await raw(path, 'gzip, br;q=0');
  expect([older.encoding, gunzipSync(older.body).toString()]).toEqual(['gzip', script]);
  const plain = await raw(path, 'identity');
  expect([plain.encoding, plain.body.toString()]).toEqual([undefined, script]);
});

test('nothing else of the folder can be read, and nothing beside it', async () => {
  build();
  writeFileSync(join(folder, 'assets/secret.pem'), 'secret');
  for (const path of [
    '/sources.sha256',
    '/assets/secret.pem',
    '/assets/../sources.sha256',
    '/assets/%2e%2e/index.html',
  ]) {
    const { promise, resolve } = Promise.withResolvers<number>();
    ask(url, { path }, (response) => {
      void text(response);
      resolve(response.statusCode ?? 0);
    }).end();
    expect([path, await promise]).toEqual([path, 404]);
  }
});

test('where it is not built a plain page says how to, and it appears once it is', async () => {
  const missing = await fetch(`${url}/overview`);
  expect(missing.status).toBe(503);
  expect(await missing.text()).toContain('npm run console');
  expect((await fetch(`${url}/assets/index-1.js`)).status).toBe(404);
  build();
  expect(await (await fetch(`${url}/overview`)).text()).toBe(page);
});

test('the page is told where its users sign in', async () => {
  const told = await (await fetch(`${url}/console.json`)).json();
  expect(told).toEqual({ issuer: 'https://sign-in.test/realm', clientId: 'console', scope: 'openid' });
});
