import { createLog } from '#libs/platform/log/log.ts';
import { startNetwork, type TestNetwork } from './support/network.ts';

const lines: string[] = [];
let network: TestNetwork;
let bearer: string;

beforeAll(async () => {
  network = await startNetwork(
    {},
    {
      log: createLog({
        service: 'gateway',
        level: 'debug',
        destination: { write: (line) => lines.push(line) },
      }),
    },
  );
  bearer = await network.bearer();
});
afterAll(() => network.stop());
afterEach(() => {
  network.people.answerWith = undefined;
  network.places.answerWith = undefined;
});

const idNumber = '410503201001011234';

test('a code of ours passes with the facts that belong to it and no others', async () => {
  const { data, errors } = await network.ask('{ fails(how: "conflict") rule(id: "x") { id } }');
  expect(data).toEqual({ fails: null, rule: { id: 'ENR-08' } });
  expect(errors).toEqual([
    { message: 'changed', path: ['fails'], extensions: { code: 'VERSION_CONFLICT', currentVersion: 3 } },
  ]);
});

test.each(['odd', 'crash'])(
  'an unknown failure (%s) is INTERNAL with a correlation id and nothing else',
  async (how) => {
    const { text, errors, headers } = await network.ask('query ($how: String!) { fails(how: $how) }', {
      variables: { how },
    });
    expect(errors).toEqual([
      {
        message: '系统内部错误。 Internal error.',
        path: ['fails'],
        extensions: { code: 'INTERNAL', correlationId: headers.get('x-operation-id') },
      },
    ]);
    expect(text).not.toMatch(/people|10\.0\.0\.1|at |stack|127\.0\.0\.1/);
  },
);

test('the log names the fault by its correlation id, without its text', async () => {
  lines.length = 0;
  const { headers } = await network.ask('{ fails(how: "crash") }');
  const fault = lines.find((line) => line.includes('operation failed'));
  expect(fault).toContain(headers.get('x-operation-id'));
  expect(lines.join('')).not.toMatch(/10\.0\.0\.1|410503/);
});

test.each([
  ['no JSON', '<html>'],
  ['JSON that is no answer', '[1]'],
  ['an empty body', ''],
])('a subgraph that answers %s is SERVICE_UNAVAILABLE at its fields only', async (_, body) => {
  network.places.answerWith = () => body;
  const { data, errors } = await network.ask('{ students { id school { name } } }', { bearer });
  expect(data).toEqual({
    students: [
      { id: '1', school: null },
      { id: '2', school: null },
    ],
  });
  expect(errors?.map(({ path, extensions }) => [path, extensions?.code])).toEqual([
    [['students', 0], 'SERVICE_UNAVAILABLE'],
    [['students', 1], 'SERVICE_UNAVAILABLE'],
  ]);
});

test('what a subgraph promised and left out is a fault with its path', async () => {
  network.people.answerWith = () => JSON.stringify({ data: { rule: { id: 'x', sister: {} } } });
  const { data, errors } = await network.ask('{ rule(id: "x") { id sister { id } } }');
  expect(data).toEqual({ rule: { id: 'x', sister: null } });
  expect(errors?.map(({ path, extensions }) => [path, extensions?.code])).toEqual([
    [['rule', 'sister', 'id'], 'INTERNAL'],
  ]);
});

test('a subgraph that is down leaves the rest of the answer, and answers again once it is up', async () => {
  const query = '{ rule(id: "x") { id } school(id: "7") { name } }';
  await network.places.stop();
  const { data, errors, text } = await network.ask(query, { bearer });
  expect(data).toEqual({ rule: { id: 'ENR-08' }, school: null });
  expect(errors?.map(({ path, extensions }) => [path, extensions])).toEqual([
    [['school'], { code: 'SERVICE_UNAVAILABLE', reason: 'NOT_REACHED' }],
  ]);
  expect(text).not.toMatch(/places|ECONN|127\.0\.0\.1/);
  expect((await network.send('/readyz')).status).toBe(200);
  await network.places.restart();
  expect((await network.ask(query, { bearer })).data).toEqual({
    rule: { id: 'ENR-08' },
    school: { name: 'S7' },
  });
});

test('a gateway starts and is alive while every subgraph is down', async () => {
  const alone = await network.another({
    SUBGRAPH_URLS: JSON.stringify({
      people: 'http://127.0.0.1:9/graphql',
      places: 'http://127.0.0.1:9/graphql',
    }),
  });
  const post = { method: 'POST', headers: { 'content-type': 'application/json' } };
  const answer = await fetch(`${alone.url}/graphql`, { ...post, body: '{"query":"{ rule(id: 1) { id } }"}' });
  expect(await answer.json()).toMatchObject({
    data: { rule: null },
    errors: [{ extensions: { code: 'SERVICE_UNAVAILABLE' } }],
  });
  expect((await fetch(`${alone.url}/healthz`)).status).toBe(200);
  expect((await fetch(`${alone.url}/readyz`)).status).toBe(503);
});

test('a subgraph without an address stops the start, with its name', async () => {
  await expect(network.another({ SUBGRAPH_URLS: '{"people":"http://127.0.0.1:9/graphql"}' })).rejects.toThrow(
    'SUBGRAPH_URLS lacks: places',
  );
});

test('a subgraph that does not answer in time is SERVICE_UNAVAILABLE', async () => {
  const hasty = await network.another({ REQUEST_TIMEOUT_MS: '50' });
  network.people.answerWith = () => new Promise<string>(() => undefined);
  const answer = await fetch(`${hasty.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ rule(id: "x") { id } }' }),
  });
  expect(await answer.json()).toMatchObject({
    data: { rule: null },
    errors: [{ path: ['rule'], extensions: { code: 'SERVICE_UNAVAILABLE' } }],
  });
});

test.each([
  ['a variable of a wrong type', 'query ($how: String!) { fails(how: $how) }', { how: { number: idNumber } }],
  [
    'a variable within an input',
    'mutation ($i: RenameInput!) { rename(input: $i) { student { id } } }',
    { i: { idempotencyKey: 'k', name: 'n', born: idNumber } },
  ],
  [
    'an input with an unknown field',
    'mutation ($i: RenameInput!) { rename(input: $i) { student { id } } }',
    { i: { idempotencyKey: 'k', name: idNumber, more: 1 } },
  ],
  ['a literal of a wrong type', `{ rules(first: "${idNumber}") { id } }`, {}],
  ['a date that is none', `{ born(on: "${idNumber}") }`, {}],
  ['a document that cannot be read', `{ rule(id: "x") { id } } "${idNumber}"`, {}],
  ['a name in a broken document', `{ rule(id: "x" ${idNumber}) }`, {}],
])('the answer to %s does not repeat the value', async (_, query, variables) => {
  const { status, text, errors } = await network.ask(query, { variables, bearer });
  expect(status).toBe(400);
  expect(text).not.toContain(idNumber);
  expect(errors?.[0]?.extensions?.code).toMatch(/BAD_USER_INPUT|GRAPHQL_/);
});

test('every problem of the variables is named with its place', async () => {
  const { errors } = await network.ask(
    'mutation ($i: RenameInput!) { rename(input: $i) { student { id } } }',
    {
      bearer,
      variables: { i: { name: 5, born: 'never' } },
    },
  );
  const problems = errors?.flatMap(
    ({ extensions }) => extensions?.problems as { path: string[]; code: string }[],
  );
  expect(problems?.map(({ path, code }) => `${path.join('.')} ${code}`).toSorted()).toEqual([
    'i.born INVALID_VALUE',
    'i.idempotencyKey MISSING',
    'i.name INVALID_VALUE',
  ]);
});

test('the access log says who asked under which document, and holds neither variables nor names', async () => {
  lines.length = 0;
  await network.ask(`query N${idNumber}($how: String!) { a${idNumber}: fails(how: $how) }`, {
    bearer,
    variables: { how: idNumber },
  });
  const entry = lines.map((line) => JSON.parse(line)).find(({ message }) => message === 'operation');
  expect(entry).toMatchObject({
    subject: 'someone',
    level: 'COUNTY',
    unit: '410503',
    operation: 'query',
    fields: ['fails'],
    codes: ['INTERNAL'],
  });
  expect(entry.document).toMatch(/^[0-9a-f]{64}$/);
  expect(lines.join('')).not.toContain(idNumber);
});

test('a gateway that closes answers what is in flight and takes nothing more', async () => {
  const { url, close } = await network.another({});
  const post = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ rule(id: 1) { id } }"}',
  };
  let release: (body: string) => void = () => undefined;
  const arrived = new Promise<void>((resolve) => {
    network.people.answerWith = () => {
      resolve();
      return new Promise<string>((answer) => {
        release = answer;
      });
    };
  });
  const inFlight = fetch(`${url}/graphql`, post);
  await arrived;
  const closed = close();
  await expect(fetch(`${url}/graphql`, post)).rejects.toThrow();
  release('{"data":{"rule":{"id":"late"}}}');
  expect(await (await inFlight).json()).toEqual({ data: { rule: { id: 'late' } } });
  await closed;
});
