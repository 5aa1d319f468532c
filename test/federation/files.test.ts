import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startNetwork, type TestNetwork } from './support/network.ts';

let network: TestNetwork;
let files: Server;
let url: string;
let bearer: string;
let handle: (request: IncomingMessage, response: ServerResponse) => void;

beforeAll(async () => {
  network = await startNetwork();
  bearer = await network.bearer();
  files = createServer((request, response) => handle(request, response)).listen(0, '127.0.0.1');
  await once(files, 'listening');
  const { port } = files.address() as AddressInfo;
  ({ url } = await network.another({ FILES_URL: `http://127.0.0.1:${port}`, MAX_UPLOAD_BYTES: '1000' }));
});
afterAll(async () => {
  await network.stop();
  files.close();
});

const id = '01a2001f-9aee-7380-be2a-a10b89b46080';
const streamed = (size: number) => new Blob(['x'.repeat(size)]).stream();
const put = (body: BodyInit, headers: Record<string, string> = {}, path = `/uploads/${id}`) =>
  fetch(`${url}${path}`, {
    method: 'PUT',
    headers: { authorization: bearer, ...headers },
    body,
    duplex: 'half',
  } as RequestInit);

/** Takes a whole upload and answers with what it got. */
const echo = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  let size = 0;
  for await (const chunk of request) size += chunk.length;
  response.setHeader('set-cookie', 'a=b');
  response.writeHead(201, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ size, path: request.url, headers: request.headers }));
};

test('an upload is passed on in the name of the caller, without other headers', async () => {
  handle = (request, response) => void echo(request, response);
  const response = await put(streamed(1_000), { cookie: 'c=1', 'content-type': 'text/csv' });
  const { size, path, headers } = (await response.json()) as {
    size: number;
    path: string;
    headers: Record<string, string>;
  };
  expect([response.status, size, path]).toEqual([201, 1_000, `/uploads/${id}`]);
  expect(headers).toMatchObject({ authorization: bearer, 'content-type': 'text/csv' });
  expect(headers['x-operation-id']).toBe(response.headers.get('x-operation-id'));
  expect([headers.cookie, response.headers.get('set-cookie')]).toEqual([undefined, null]);
});

test('an upload beyond the size is refused, whether it says so or not', async () => {
  handle = (request, response) => void echo(request, response).catch(() => undefined);
  expect((await put('x'.repeat(1_001))).status).toBe(413);
  expect((await put(streamed(1_001))).status).toBe(413);
});

test('a report comes back with its name and is kept by nobody', async () => {
  handle = (_, response) => {
    response.writeHead(200, {
      'content-type': 'text/csv',
      'content-disposition': 'attachment; filename="r.csv"',
    });
    response.end('a,b');
  };
  const response = await fetch(`${url}/reports/${id}`, { headers: { authorization: bearer } });
  expect(await response.text()).toBe('a,b');
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="r.csv"');
  expect(response.headers.get('cache-control')).toBe('no-store');
});

test('an address with its own key opens no report to who does not sign in', async () => {
  handle = (_, response) => void response.writeHead(200).end('a,b');
  const response = await fetch(`${url}/reports/${id}?t=key`);
  expect([response.status, (await response.json()).errors[0].extensions.code]).toEqual([
    401,
    'UNAUTHENTICATED',
  ]);
});

test('nobody without a token, no other method, no other address', async () => {
  expect((await put('x', { authorization: '' })).status).toBe(401);
  expect((await fetch(`${url}/uploads/${id}`, { headers: { authorization: bearer } })).status).toBe(405);
  expect((await put('x', {}, '/uploads/../graphql')).status).not.toBe(201);
  expect((await put('x', {}, '/uploads/410503201001011234')).status).toBe(404);
});

test('a service that is down is SERVICE_UNAVAILABLE', async () => {
  const response = await fetch(`${network.gateway.url}/reports/${id}`, {
    headers: { authorization: bearer },
  });
  expect([response.status, (await response.json()).errors[0].extensions.code]).toEqual([
    503,
    'SERVICE_UNAVAILABLE',
  ]);
});

test('a caller who breaks off an upload breaks it off for the service', async () => {
  const broken = new Promise<void>((resolve) => {
    handle = (request) => {
      request.once('data', () => leave.abort());
      request.once('close', () => resolve());
      request.on('error', () => undefined);
    };
  });
  const leave = new AbortController();
  const endless = new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode('begin')),
  });
  const sent = fetch(`${url}/uploads/${id}`, {
    method: 'PUT',
    headers: { authorization: bearer },
    body: endless,
    duplex: 'half',
    signal: leave.signal,
  } as RequestInit);
  await expect(sent).rejects.toThrow();
  await broken;
});

test('a service that breaks off a report breaks it off for the caller', async () => {
  handle = (_, response) => {
    response.writeHead(200, { 'content-length': 1_000 });
    response.write('begin', () => response.destroy());
  };
  const response = await fetch(`${url}/reports/${id}`, { headers: { authorization: bearer } });
  await expect(response.text()).rejects.toThrow();
});
