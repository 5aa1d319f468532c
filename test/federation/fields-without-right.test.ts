import { startNetwork, type TestNetwork } from './support/network.ts';

let network: TestNetwork;
let plain: string;
let admin: string;

beforeAll(async () => {
  network = await startNetwork();
  plain = await network.bearer({ sub: 'plain' });
  admin = await network.bearer({ sub: 'admin', scope: 'admin', roles: ['REGISTRAR'] });
});
afterAll(() => network.stop());
beforeEach(() => {
  network.people.calls.length = 0;
  network.places.calls.length = 0;
});

const asked = () => [...network.people.calls, ...network.places.calls].map(({ query }) => query).join('\n');
const refusals = (
  errors: readonly { extensions?: Record<string, unknown>; path?: readonly unknown[] }[] = [],
) =>
  errors
    .filter((error) => error.extensions?.code === 'UNAUTHORIZED_FIELD_OR_TYPE')
    .map((error) => error.path);

test('a field without right is null with its path, the rest of the answer stays', async () => {
  const { data, errors } = await network.ask('{ student(id: "1") { id number name } }', { bearer: plain });
  expect(data).toEqual({ student: { id: '1', number: null, name: 'N1' } });
  expect(refusals(errors)).toEqual([['student', 'number']]);
});

test('a field without right is never fetched', async () => {
  await network.ask('{ student(id: "1") { id number note school { id head } } }', { bearer: plain });
  expect(asked()).toContain('school');
  expect(asked()).not.toMatch(/number|note|head/);
});

test('the answer keeps the order of the fields as asked', async () => {
  const { text } = await network.ask('{ student(id: "1") { number id note name } }', { bearer: plain });
  expect(text).toContain('{"number":null,"id":"1","note":null,"name":"N1"}');
});

test('an alias does not open a field', async () => {
  const { data, errors } = await network.ask('{ student(id: "1") { id: number name: note number: id } }', {
    bearer: plain,
  });
  expect(data).toEqual({ student: { id: null, name: null, number: '1' } });
  expect(refusals(errors)).toEqual([
    ['student', 'id'],
    ['student', 'name'],
  ]);
  expect(asked()).not.toMatch(/note/);
});

test('fragments do not open a field, however nested, and the same field is refused once', async () => {
  const { data, errors } = await network.ask(
    `query { student(id: "1") { ...A ... on Student { number } friend { ...A } } }
     fragment A on Student { ...B name } fragment B on Student { number }`,
    { bearer: plain },
  );
  expect(data).toEqual({ student: { number: null, name: 'N1', friend: { number: null, name: 'Nf' } } });
  expect(refusals(errors)).toEqual([
    ['student', 'number'],
    ['student', 'friend', 'number'],
  ]);
});

test('in a list each place is named', async () => {
  const { data, errors } = await network.ask('{ students { number id } }', { bearer: plain });
  expect(data).toEqual({
    students: [
      { number: null, id: '1' },
      { number: null, id: '2' },
    ],
  });
  expect(refusals(errors)).toEqual([
    ['students', 0, 'number'],
    ['students', 1, 'number'],
  ]);
});

test('on an interface only the objects that guard the field lose it', async () => {
  const { data, errors } = await network.ask('{ tickets { title secret } }', { bearer: plain });
  expect(data).toEqual({
    tickets: [
      { title: 'Complaint', secret: null },
      { title: 'Enquiry', secret: 'e-open' },
    ],
  });
  expect(refusals(errors)).toEqual([['tickets', 0, 'secret']]);
  expect(asked()).not.toMatch(/on Complaint\s*{\s*secret/);
});

test('a type condition on an interface does not open a field', async () => {
  const { data } = await network.ask(
    '{ tickets { ... on Ticket { ... on Complaint { secret about { number } } } ... on Enquiry { about { id } } } }',
    { bearer: plain },
  );
  expect(data).toEqual({ tickets: [{ secret: null, about: { number: null } }, { about: { id: '4' } }] });
  expect(asked()).not.toMatch(/secret|number/);
});

test('a guarded type loses all its fields inside a union, and a promised one takes its object with it', async () => {
  const { data, errors } = await network.ask(
    '{ parties { __typename ... on Student { id } ... on Vault { content } } }',
    { bearer: plain },
  );
  expect(data).toEqual({ parties: null });
  expect(refusals(errors)).toEqual([['parties', 1, 'content']]);
  expect(asked()).not.toMatch(/content/);
});

test('null in a promised place goes up to the nearest place that may be null', async () => {
  const { data, errors } = await network.ask('{ strict { open must } rule(id: "x") { id } }', {
    bearer: plain,
  });
  expect(data).toEqual({ strict: null, rule: { id: 'ENR-08' } });
  expect(refusals(errors)).toEqual([['strict', 'must']]);
});

test('a field that reads a guarded one for itself is guarded like it', async () => {
  const { data } = await network.ask('{ student(id: "1") { id mark } }', { bearer: plain });
  expect(data).toEqual({ student: { id: '1', mark: null } });
  expect(asked()).not.toMatch(/number/);
});

test.each([
  ['one of two scopes that are needed together', 'number', null],
  ['both scopes', 'number assured', 'G1'],
  ['the other alternative', 'admin', 'G1'],
  ['none', '', null],
])('scopes: %s', async (_, scope, number) => {
  const bearer = await network.bearer({ scope });
  const { data } = await network.ask('{ student(id: "1") { number } }', { bearer });
  expect(data).toEqual({ student: { number } });
});

test('a policy is met by the role of its name, and by no other', async () => {
  const registrar = await network.bearer({ roles: ['REGISTRAR'] });
  const teacher = await network.bearer({ roles: ['CLASS_TEACHER'] });
  const query = '{ student(id: "1") { note } }';
  expect((await network.ask(query, { bearer: registrar })).data).toEqual({ student: { note: 'note 1' } });
  expect((await network.ask(query, { bearer: teacher })).data).toEqual({ student: { note: null } });
});

test.each(['plain first', 'admin first'])(
  'one document, two callers, each gets their own (%s)',
  async (order) => {
    const query = `{ student(id: "1") { id number } } # ${order}`;
    const callers = order === 'plain first' ? [plain, admin, plain] : [admin, plain, admin];
    for (const bearer of callers) {
      const { data } = await network.ask(query, { bearer });
      expect(data).toEqual({ student: { id: '1', number: bearer === admin ? 'G1' : null } });
    }
  },
);

test('@skip and @include are honoured for refused fields', async () => {
  const query =
    'query ($no: Boolean!) { student(id: "1") { id number @include(if: $no) note @skip(if: true) } }';
  const { data, errors } = await network.ask(query, { bearer: plain, variables: { no: false } });
  expect(data).toEqual({ student: { id: '1' } });
  expect(errors).toBeUndefined();
});

test('nothing is refused below a place that is empty', async () => {
  const { data, errors } = await network.ask('{ student(id: "none") { number } }', { bearer: plain });
  expect(data).toEqual({ student: null });
  expect(errors).toBeUndefined();
});

test('without a token public fields answer and guarded ones are refused', async () => {
  const { data, errors } = await network.ask('{ rule(id: "x") { id } student(id: "1") { id } }');
  expect(data).toEqual({ rule: { id: 'ENR-08' }, student: null });
  expect(refusals(errors)).toEqual([['student']]);
  expect(asked()).not.toMatch(/student/);
});

test.each([
  '{ student(id: "1") { id } students { id } }',
  'mutation { rename(input: {idempotencyKey: "k", name: "n"}) { student { id } } }',
])('without a token and nothing public the answer is UNAUTHENTICATED: %s', async (query) => {
  const { data, errors, status } = await network.ask(query);
  expect({ data, status, codes: errors?.map((error) => error.extensions?.code) }).toEqual({
    data: null,
    status: 401,
    codes: ['UNAUTHENTICATED'],
  });
  expect(asked()).toBe('');
});

test.each([
  ['of another issuer', 'Bearer eyJhbGciOiJub25lIn0.e30.'],
  ['that is not one', 'Bearer x'],
  ['of another scheme', 'Basic dTpw'],
])('a token %s is UNAUTHENTICATED even for public fields', async (_, bearer) => {
  const { status, errors } = await network.ask('{ rule(id: "x") { id } }', { bearer });
  expect(status).toBe(401);
  expect(errors?.[0]?.extensions).toEqual({ code: 'UNAUTHENTICATED' });
});

test('introspection is for callers who are signed in', async () => {
  const query = '{ __schema { queryType { name } } }';
  expect((await network.ask(query)).errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  expect((await network.ask(query, { bearer: plain })).data).toEqual({
    __schema: { queryType: { name: 'Query' } },
  });
});

test('token, purpose and trace travel on to every subgraph, with an operation id of the gateway', async () => {
  const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
  const { headers } = await network.ask('{ student(id: "1") { id school { name } } }', {
    bearer: plain,
    headers: { 'x-purpose': '%E6%A0%B8%E5%AF%B9', traceparent, 'x-operation-id': 'mine', cookie: 'c=1' },
  });
  for (const { calls } of [network.people, network.places]) {
    expect(calls).toHaveLength(1);
    expect(calls[0]?.headers).toMatchObject({
      authorization: plain,
      'x-purpose': '%E6%A0%B8%E5%AF%B9',
      traceparent,
    });
    expect(calls[0]?.headers['x-operation-id']).toBe(headers.get('x-operation-id'));
    expect(calls[0]?.headers['x-operation-id']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    expect(calls[0]?.headers.cookie).toBeUndefined();
  }
});
