import { startNetwork, type TestNetwork } from './support/network.ts';

let network: TestNetwork;
beforeAll(async () => {
  network = await startNetwork();
});
afterAll(() => network.stop());
beforeEach(() => {
  network.people.calls.length = 0;
});

const query = 'query ($id: ID!) { rule(id: $id) { id } }';

test.each([
  ['a variable', query, { id: 'a\u0000' }, ['id']],
  ['half a character', query, { id: '\udc00' }, ['id']],
  [
    'an input',
    'mutation ($input: RenameInput!) { rename(input: $input) { student { id } } }',
    { input: { idempotencyKey: 'k', name: '\u0000' } },
    ['input', 'name'],
  ],
  ['a literal', String.raw`{ one: rule(id: "\u0000") { id } }`, {}, ['one', 'id']],
])(
  'U+0000 and lone surrogates in %s are refused before any service is asked',
  async (_, text, variables, path) => {
    const { status, errors } = await network.ask(text, { variables });
    expect(status).toBe(400);
    expect(errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', problems: [{ path, code: 'TEXT_NOT_PLAIN' }] } },
    ]);
    expect(network.people.calls).toEqual([]);
  },
);

test('a purpose with U+0000 is refused', async () => {
  for (const purpose of ['%00', 'a%00']) {
    const { status, errors } = await network.ask(query, {
      variables: { id: 'x' },
      headers: { 'x-purpose': purpose },
    });
    expect([status, errors?.[0]?.extensions?.code]).toEqual([400, 'BAD_REQUEST']);
  }
  expect(network.people.calls).toEqual([]);
});

test('other control characters and rare signs go through', async () => {
  const { errors } = await network.ask(query, { variables: { id: '𠮷\u0001' } });
  expect(errors).toBeUndefined();
});
