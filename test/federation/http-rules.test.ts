import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNetwork, type TestNetwork } from './support/network.ts';

let network: TestNetwork;
let bearer: string;

beforeAll(async () => {
  network = await startNetwork();
  bearer = await network.bearer();
});
afterAll(() => network.stop());

const get = (query: string, more: Record<string, string> = {}, headers: Record<string, string> = {}) =>
  network.send(`/graphql?${new URLSearchParams({ ...(query ? { query } : {}), ...more })}`, {
    headers: { 'apollo-require-preflight': 'true', ...headers },
  });
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const byHash = (text: string) => JSON.stringify({ persistedQuery: { version: 1, sha256Hash: hashOf(text) } });

describe('GET', () => {
  test('answers documents that read nothing guarded', async () => {
    expect(
      (await get('query ($id: ID!) { rule(id: $id) { id } }', { variables: '{"id":"x"}' })).data,
    ).toEqual({
      rule: { id: 'ENR-08' },
    });
  });

  test('refuses documents with guarded fields, wherever they stand', async () => {
    for (const query of [
      '{ student(id: "1") { id } }',
      '{ rule(id: "x") { ...F } tickets { id } } fragment F on Rule { id }',
    ]) {
      const { status, headers, errors } = await get(query, {}, { authorization: bearer });
      expect({ status, allow: headers.get('allow'), code: errors?.[0]?.extensions?.code }).toEqual({
        status: 405,
        allow: 'POST',
        code: 'BAD_REQUEST',
      });
    }
  });

  test('answers a guarded document by its hash, as long as it has no variables', async () => {
    const bare = '{ student(id: "1") { id } }';
    const asking = 'query ($id: ID!) { student(id: $id) { id } }';
    for (const query of [bare, asking]) {
      await network.send('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: bearer },
        body: JSON.stringify({ query, variables: { id: '1' }, extensions: JSON.parse(byHash(query)) }),
      });
    }
    const headers = { authorization: bearer };
    expect((await get('', { extensions: byHash(bare) }, headers)).data).toEqual({ student: { id: '1' } });
    expect((await get('', { extensions: byHash(asking), variables: '{"id":"1"}' }, headers)).status).toBe(
      405,
    );
  });

  test('never changes anything', async () => {
    const { status } = await get(
      'mutation { rename(input: {idempotencyKey: "k", name: "n"}) { student { id } } }',
      {},
      { authorization: bearer },
    );
    expect(status).toBe(405);
  });

  test('that a page of another site could send is refused', async () => {
    const { status } = await network.send(`/graphql?query=${encodeURIComponent('{ __typename }')}`);
    expect(status).toBe(400);
  });
});

test.each([
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json; charset=latin1',
  '',
])('POST of a type that a form could send (%s) is refused', async (type) => {
  const { status } = await network.send('/graphql', {
    method: 'POST',
    headers: { 'content-type': type },
    body: '{"query":"{ __typename }"}',
  });
  expect(status).toBe(415);
});

test.each(['PUT', 'DELETE', 'PATCH'])('%s is refused with the methods that are known', async (method) => {
  const { status, headers } = await network.send('/graphql', { method });
  expect([status, headers.get('allow')]).toEqual([405, 'GET, POST']);
});

test('unknown addresses are NOT_FOUND', async () => {
  const { status, errors } = await network.send('/.git/config');
  expect([status, errors?.[0]?.extensions]).toEqual([404, { code: 'NOT_FOUND' }]);
});

test('a purpose that is not percent-encoded is refused', async () => {
  const { status } = await network.ask('{ __typename }', { headers: { 'x-purpose': '%E6%A' } });
  expect(status).toBe(400);
});

test('subscriptions are shown the way to the stream', async () => {
  const { status, errors } = await network.ask('subscription { importProgress(job: "j") { id } }', {
    bearer,
  });
  expect([status, errors?.[0]?.extensions?.code]).toEqual([400, 'BAD_REQUEST']);
});

test('every answer carries the security headers', async () => {
  for (const path of ['/graphql', '/healthz', '/nowhere', '/graphiql']) {
    const { headers } = await network.send(path);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'/);
    expect(headers.get('x-powered-by')).toBeNull();
  }
  expect((await network.send('/graphql')).headers.get('cache-control')).toBe('no-store');
});

test('the page of GraphiQL is compressed, cached by its tag, and runs only its own script', async () => {
  const first = await fetch(`${network.gateway.url}/graphiql`, {
    headers: { 'accept-encoding': 'identity' },
  });
  expect(first.headers.get('content-encoding')).toBe('gzip');
  const html = await first.text();
  const [, script = ''] = /<script>([\s\S]*?)<\/script>/.exec(html) ?? [];
  expect(script.length).toBeGreaterThan(1_000_000);
  expect(first.headers.get('content-security-policy')).toContain(
    `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  );
  expect(html).not.toMatch(/<(script|link|img)[^>]+(src|href)="https?:/);
  const again = await fetch(`${network.gateway.url}/graphiql`, {
    headers: { 'if-none-match': first.headers.get('etag') ?? '' },
  });
  expect(again.status).toBe(304);
  const { url } = await network.another({ CONSOLE: 'off' });
  const root = await fetch(url, { redirect: 'manual' });
  expect([root.status, root.headers.get('location')]).toEqual([302, '/graphiql']);
});

test('health, readiness and metrics answer', async () => {
  await network.ask('{ rule(id: "x") { id } }');
  expect((await network.send('/healthz')).status).toBe(200);
  expect((await network.send('/readyz')).status).toBe(200);
  const { text } = await network.send('/metrics');
  expect(text).toMatch(/gateway_operations_total\{document="[0-9a-f]{12}",operation="query",code="OK"\} \d/);
  expect(text).toMatch(/gateway_subgraph_seconds_count\{subgraph="people",outcome="ok"\} \d/);
});

describe('the list of documents', () => {
  const listed = '{ rule(id: "x") { id } }';
  const other = '{ rule(id: "x") { title } }';
  let folder: string;
  let file: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'documents-'));
    file = join(folder, 'manifest.json');
    const operations = [{ id: hashOf(listed), body: listed, name: 'Listed', type: 'query' }];
    await writeFile(
      file,
      JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }),
    );
  });
  afterAll(() => rm(folder, { recursive: true }));

  const post = async (url: string, body: unknown) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return {
      status: response.status,
      ...((await response.json()) as { data?: unknown; errors?: { extensions: { code: string } }[] }),
    };
  };

  test('enforced, admits listed documents by text and by hash and no others', async () => {
    const { url } = await network.another({ PERSISTED_QUERIES: 'enforce', PERSISTED_QUERIES_FILE: file });
    expect(await post(url, { query: listed })).toMatchObject({
      status: 200,
      data: { rule: { id: 'ENR-08' } },
    });
    expect(await post(url, { extensions: JSON.parse(byHash(listed)) })).toMatchObject({
      data: { rule: { id: 'ENR-08' } },
    });
    const registering = { query: other, extensions: JSON.parse(byHash(other)) };
    for (const body of [{ query: other }, registering]) {
      const { status, errors, data } = await post(url, body);
      expect([status, data, errors?.[0]?.extensions]).toEqual([
        400,
        undefined,
        { code: 'PERSISTED_QUERY_NOT_IN_LIST' },
      ]);
    }
    const unknown = await post(url, { extensions: JSON.parse(byHash(other)) });
    expect(unknown.errors?.[0]?.extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND');
  });

  test('measured, admits all and counts what is not in it', async () => {
    const { url } = await network.another({ PERSISTED_QUERIES: 'measure', PERSISTED_QUERIES_FILE: file });
    expect(await post(url, { query: listed })).toMatchObject({ status: 200 });
    expect(await post(url, { query: other })).toMatchObject({ status: 200 });
    expect(await (await fetch(`${url}/metrics`)).text()).toMatch(/gateway_unlisted_documents_total 1\n/);
  });

  test('with a wrong hash stops the start', async () => {
    const broken = join(folder, 'broken.json');
    const operations = [{ id: hashOf(other), body: listed }];
    await writeFile(
      broken,
      JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }),
    );
    await expect(
      network.another({ PERSISTED_QUERIES: 'enforce', PERSISTED_QUERIES_FILE: broken }),
    ).rejects.toThrow(/hash/);
  });
});
