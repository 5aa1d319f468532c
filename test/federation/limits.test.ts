import { startNetwork, type TestNetwork } from './support/network.ts';

let network: TestNetwork;
let bearer: string;

beforeAll(async () => {
  network = await startNetwork();
  bearer = await network.bearer();
});
afterAll(() => network.stop());

const nested = (levels: number): string =>
  levels === 2
    ? '{ rule(id: "x") { id } }'
    : `{ rule(id: "x") { ${'sister { '.repeat(levels - 2)}id${' }'.repeat(levels - 2)} } }`;
const times = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');
const nestedFragments = (levels: number): string =>
  `{ rule(id: "x") { ...F0 } } ${times(levels - 2, (i) => `fragment F${i} on Rule { sister { ...F${i + 1} } }`)} fragment F${levels - 2} on Rule { id }`;

/** A valid document of so many tokens. */
const tokens = (count: number): string => {
  const fragments = 200;
  const rest = count - 10 - fragments * 9;
  const fields = (amount: number) => times(amount, () => 'id');
  return `{ rule(id: "x") { ${times(fragments, (i) => `...F${i}`)} ${fields(rest)} } } ${times(fragments, (i) => `fragment F${i} on Rule { id }`)}`;
};

const cases: [string, string, string][] = [
  ['14 levels', nested(14), nested(15)],
  ['14 levels through fragments', nestedFragments(14), nestedFragments(15)],
  [
    '4 lists within one another',
    '{ rules { sisters { sister { sisters { sisters { id } } } } } }',
    '{ rules { sisters { sister { sisters { sisters { sisters { id } } } } } } }',
  ],
  [
    '4 lists within one another through fragments, other lists beside them',
    '{ rules { ...F sisters { id } } } fragment F on Rule { sisters { ...G } } fragment G on Rule { sisters { sisters { id } } }',
    '{ rules { sisters { ...F } } } fragment F on Rule { sisters { ...G } } fragment G on Rule { sisters { sisters { id } } }',
  ],
  [
    '30 aliases',
    `{ rule(id: "x") { ${times(30, (i) => `a${i}: id`)} } }`,
    `{ rule(id: "x") { ${times(31, (i) => `a${i}: id`)} } }`,
  ],
  [
    '30 aliases, fragments counted where they are spread',
    `{ rule(id: "x") { ...F sister { ...F } } } fragment F on Rule { ${times(15, (i) => `a${i}: id`)} }`,
    `{ rule(id: "x") { ...F sister { ...F } } } fragment F on Rule { ${times(16, (i) => `a${i}: id`)} }`,
  ],
  [
    '10 root fields',
    `{ ${times(10, (i) => `a${i}: viewer { name }`)} }`,
    `{ ${times(11, (i) => `a${i}: viewer { name }`)} }`,
  ],
  [
    '50 directives',
    `{ rule(id: "x") { ${times(25, () => '... @include(if: true) { id @include(if: true) }')} } }`,
    `{ rule(id: "x") { ${times(26, () => '... @include(if: true) { id @include(if: true) }')} } }`,
  ],
  ['2000 tokens', tokens(2_000), tokens(2_001)],
];

test.each(cases)('%s are accepted, one more is refused', async (_, within, beyond) => {
  const good = await network.ask(within, { bearer });
  expect({ status: good.status, errors: good.errors }).toEqual({ status: 200, errors: undefined });
  const bad = await network.ask(beyond, { bearer });
  expect(bad.status).toBe(400);
  expect(bad.data).toBeUndefined();
});

test('more than five directives on one field are refused', async () => {
  const repeated = (count: number) => `{ rule(id: "x") { id ${'@include(if: true) '.repeat(count)} } }`;
  const { errors } = await network.ask(repeated(6), { bearer });
  const limits = errors?.map(({ extensions }) => (extensions?.limit as { name: string } | undefined)?.name);
  expect(limits).toContain('directivesOnOne');
});

test('fragments that spread one another many times over are refused before planning', async () => {
  const bomb = `{ rule(id: "x") { ...F0 } } ${times(20, (i) => `fragment F${i} on Rule { ...F${i + 1} ...F${i + 1} }`)} fragment F20 on Rule { id }`;
  const { status, errors } = await network.ask(bomb, { bearer });
  expect(status).toBe(400);
  expect(errors?.[0]?.extensions?.limit).toMatchObject({ name: 'fields', most: 2000 });
});

test('a fragment that spreads itself is refused', async () => {
  const { status } = await network.ask('{ rule(id: "x") { ...F } } fragment F on Rule { id ...F }', {
    bearer,
  });
  expect(status).toBe(400);
});

test.each([
  ['a literal', '{ rules(first: 200) { id } }', '{ rules(first: 201) { id } }', {}, {}],
  [
    'a variable',
    'query ($n: Int) { rules(first: $n) { id } }',
    'query ($n: Int) { rules(first: $n) { id } }',
    { n: 200 },
    { n: 201 },
  ],
  [
    'a default',
    'query ($n: Int = 200) { rules(first: $n) { id } }',
    'query ($n: Int = 201) { rules(first: $n) { id } }',
    {},
    {},
  ],
  ['zero and less', '{ rules(first: 0) { id } }', '{ rules(first: -1) { id } }', {}, {}],
])('pages of up to 200: %s', async (_, within, beyond, few, many) => {
  expect((await network.ask(within, { variables: few })).errors).toBeUndefined();
  const { status, errors } = await network.ask(beyond, { variables: many });
  expect(status).toBe(400);
  expect(errors?.[0]?.extensions).toMatchObject({
    code: 'BAD_USER_INPUT',
    problems: [{ path: ['rules', 'first'] }],
  });
});

test('an operation whose estimate is beyond the limit is refused with both numbers, before any service is asked', async () => {
  const { url } = await network.another({ MAX_COST: '100', ASSUMED_LIST_SIZE: '11' });
  const costs = async (query: string) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    return { status: response.status, ...((await response.json()) as { errors?: { extensions: object }[] }) };
  };
  const calls = network.places.calls.length + network.people.calls.length;
  const beyond = await costs('{ rules { sisters { id } } }');
  expect(beyond.status).toBe(400);
  expect(beyond.errors?.[0]?.extensions).toEqual({
    code: 'COST_ESTIMATED_TOO_EXPENSIVE',
    limit: { name: 'cost', most: 100, found: 11 + 11 * 11 },
  });
  expect(network.places.calls.length + network.people.calls.length).toBe(calls);
  expect(await costs('{ rules { id } }')).toMatchObject({ status: 200, data: { rules: expect.anything() } });
});

test('a body of a megabyte is read, a larger one is not, whatever its length says', async () => {
  const body = (size: number) => {
    const bare = JSON.stringify({ query: '{ rule(id: "x") { id } }', extensions: { pad: '' } });
    return bare.replace('"pad":""', `"pad":"${'x'.repeat(size - bare.length)}"`);
  };
  const post = (text: BodyInit) =>
    network.send('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: text,
      duplex: 'half',
    } as RequestInit);
  expect((await post(body(1_000_000))).status).toBe(200);
  expect((await post(body(1_000_001))).status).toBe(413);
  expect((await post(new Blob([body(2_000_000)]).stream())).status).toBe(413);
});

test('several operations in one request are refused', async () => {
  const { status } = await network.send('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([{ query: '{ __typename }' }, { query: '{ __typename }' }]),
  });
  expect(status).toBe(400);
});
