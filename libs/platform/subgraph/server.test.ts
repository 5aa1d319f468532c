import { setImmediate } from 'node:timers/promises';
import type { Actor } from '../actor/actor.ts';
import { silentLog } from '../log/log.ts';
import { createMetrics } from '../metrics/metrics.ts';
import type { RequestContext } from '../service/context.ts';
import type { ServiceCore } from '../service/definition.ts';
import { withinEffort } from './bounded.ts';
import { Abandoned } from './effort.ts';
import { mostObjects } from './limits.ts';
import { buildGuardedSchema } from './schema.ts';
import { type Listening, listen } from './server.ts';
import { wholeAnswerHeader } from './whole-answer.ts';

const sdl = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { node: Node, nodes(count: Int!): [Node!], nothing(text: String, all: [Texts!]): String, slow: Node }
  input Texts { text: String, more: [String!] }
  type Node @key(fields: "id") { id: ID!, name: String, parent: Node, children(count: Int! = 10): [Node!] }
  extend type Other @key(fields: "id", resolvable: false) { id: ID! }
  type Plain { id: ID! other: Other }
  extend type Query { plain: Plain }
`;

const someone = (changes: Partial<Actor>): Actor => ({
  subject: 'somebody',
  name: '',
  level: 'MINISTRY',
  roles: new Set(['INFORMATION_CENTRE']),
  scopes: new Set(['operations:read']),
  assurance: 'ONE_FACTOR',
  ...changes,
});
const actors: Readonly<Record<string, Actor>> = {
  operator: someone({}),
  clerk: someone({ level: 'SCHOOL', roles: new Set(['REGISTRAR']) }),
  lesser: someone({ scopes: new Set(['student:read']) }),
};

type Reply = {
  data?: Record<string, unknown> | null;
  errors?: { message: string; extensions: Extensions }[];
};
type Extensions = { code: string; problems?: { path: unknown[]; code: string }[]; limit?: { name: string } };

describe('the port of a subgraph', () => {
  let server: Listening;
  let resolved = 0;
  /** Opens once the server has heard that nobody waits. */
  let abandoned = Promise.withResolvers<unknown>();
  let gate = Promise.withResolvers<void>();

  const node = (id: number) => ({ id: String(id), name: 'n' });
  const nodes = (count: number) => {
    resolved += count;
    return Array.from({ length: count }, (_, index) => node(index));
  };
  beforeAll(async () => {
    const schema = withinEffort(
      buildGuardedSchema<RequestContext>(sdl, {
        Query: {
          node: () => node(1),
          nodes: async (_: unknown, { count }: { count: number }) => nodes(count),
          nothing: () => 'nothing',
          slow: async (_: unknown, __: unknown, { effort }: RequestContext) => {
            effort.over.catch(abandoned.resolve);
            await gate.promise;
            return node(1);
          },
        },
        Node: {
          parent: () => node(0),
          children: (_: unknown, { count }: { count: number }) => nodes(count),
          __resolveReference: ({ id }: { id: string }) => node(Number(id)),
        },
      }),
    );
    const core = {
      config: { PORT: 0, HOST: '127.0.0.1' },
      log: silentLog,
      metrics: createMetrics('test'),
      clock: { now: () => '2026-09-02T09:00:00+08:00' },
      tokens: { actorFrom: async (header: string | undefined) => actors[header ?? ''] ?? null },
    } as unknown as ServiceCore;
    server = await listen(
      core,
      schema,
      { resolvers: {}, contextOf: (base) => base, projections: [] },
      async () => true,
    );
  });
  afterAll(() => server.close());
  beforeEach(() => {
    resolved = 0;
  });

  const send = (query: string, variables: unknown = {}, headers: Record<string, string> = {}, init = {}) =>
    fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
      ...init,
    });
  const ask = async (query: string, variables?: unknown, headers?: Record<string, string>) => {
    const response = await send(query, variables, headers);
    const { data, errors = [] } = (await response.json()) as Reply;
    return {
      status: response.status,
      data,
      codes: errors.map(({ extensions }) => extensions.code),
      problems: errors.flatMap(({ extensions }) => extensions.problems ?? []),
      limits: errors.map(({ extensions }) => extensions.limit?.name),
      text: JSON.stringify(errors),
    };
  };

  describe('ends an operation', () => {
    test('that finds more objects than the budget, before looking at any of them', async () => {
      const within = await ask('{ nodes(count: 1000) { id } }');
      expect([within.status, within.codes]).toEqual([200, []]);
      const beyond = await ask(`{ nodes(count: ${mostObjects + 1}) { id } }`);
      expect(beyond).toMatchObject({
        status: 400,
        codes: ['COST_ESTIMATED_TOO_EXPENSIVE'],
        limits: ['objects'],
      });
      expect(beyond.data).toBeUndefined();
    });

    test('whose lists multiply, as soon as the budget is spent', async () => {
      const { codes } = await ask(
        '{ nodes(count: 3000) { parent { children(count: 100) { parent { children(count: 100) { id } } } } } }',
      );
      expect(codes).toEqual(['COST_ESTIMATED_TOO_EXPENSIVE']);
      expect(resolved).toBeLessThan(mostObjects + 3_000);
    });

    test('that nobody waits for any more, and begins nothing further', async () => {
      abandoned = Promise.withResolvers();
      gate = Promise.withResolvers();
      const caller = new AbortController();
      const asked = send('{ slow { children { id } } }', {}, {}, { signal: caller.signal });
      asked.catch(() => undefined);
      const heard = abandoned.promise;
      while (resolved === 0) {
        const { data } = await ask('{ nodes(count: 1) { id } }');
        expect(data).not.toBeNull();
      }
      caller.abort();
      expect(await heard).toBeInstanceOf(Abandoned);
      resolved = 0;
      gate.resolve();
      await setImmediate();
      await setImmediate();
      expect(resolved).toBe(0);
    });

    test('but not one that is answered', async () => {
      gate = Promise.withResolvers();
      gate.resolve();
      const { data } = await ask('{ slow { children(count: 2) { id } } }');
      expect(data).toEqual({ slow: { children: [{ id: '0' }, { id: '1' }] } });
    });
  });

  test.each([
    ['whole where it is nothing but data', '{ node { id } }', '1'],
    ['not whole with an error beside the data', '{ nothing(text: "\u0000") node { id } }', null],
    ['not whole without data', '{ nowhere }', null],
  ])('says that an answer is %s', async (_, query, said) => {
    expect((await send(query)).headers.get(wholeAnswerHeader)).toBe(said);
  });

  describe('takes no documents', () => {
    const nested = (levels: number) =>
      `{ node { ${'parent { '.repeat(levels - 2)}id${' }'.repeat(levels - 2)} } }`;
    const lists = (count: number) =>
      `{ nodes(count: 1) { ${'children(count: 1) { '.repeat(count - 1)}id${' }'.repeat(count - 1)} } }`;
    const many = (count: number, text: (at: number) => string) =>
      Array.from({ length: count }, (_, at) => text(at)).join(' ');
    test.each([
      ['depth', nested(16), nested(17)],
      ['lists', lists(5), lists(6)],
      [
        'aliases',
        `{ node { ${many(60, (at) => `a${at}: id`)} } }`,
        `{ node { ${many(61, (at) => `a${at}: id`)} } }`,
      ],
      [
        'rootFields',
        `{ ${many(10, (at) => `a${at}: __typename`)} }`,
        `{ ${many(11, (at) => `a${at}: __typename`)} }`,
      ],
    ])('beyond the limit: %s', async (name, within, beyond) => {
      expect((await ask(within)).codes).toEqual([]);
      const refused = await ask(beyond);
      expect(refused).toMatchObject({ status: 400, limits: [name] });
      expect(refused.codes).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    });

    test('of more tokens than a plan ever has', async () => {
      const { status, codes } = await ask(`{ node { ${many(6_000, () => 'id')} } }`);
      expect([status, codes]).toEqual([400, ['GRAPHQL_PARSE_FAILED']]);
    });

    test('with lists hidden in fragments', async () => {
      const { limits } = await ask(
        `{ nodes(count: 1) { ...A } } fragment A on Node { children { ...B } } fragment B on Node { children { ...C } }
         fragment C on Node { ... on Node { children { ... { children { children { id } } } } } }`,
      );
      expect(limits).toEqual(['lists']);
    });
  });

  describe('shows its schema', () => {
    const readings = [
      '{ __schema { queryType { name } } }',
      '{ __type(name: "Node") { name } }',
      '{ _service { sdl } }',
      'query { ...F } fragment F on Query { a: __schema { types { name } } }',
    ];
    test.each(readings)('to nobody: %s', async (reading) => {
      expect(await ask(reading)).toMatchObject({ status: 400, codes: ['UNAUTHENTICATED'] });
      for (const who of ['clerk', 'lesser']) {
        const answer = await ask(reading, {}, { authorization: who });
        expect([who, answer.codes]).toEqual([who, ['OUT_OF_JURISDICTION']]);
      }
    });

    test.each(readings)('but to those who run the registry: %s', async (reading) => {
      const { data, codes } = await ask(reading, {}, { authorization: 'operator' });
      expect(codes).toEqual([]);
      expect(data).not.toBeNull();
    });

    test('not by hints to who guesses names', async () => {
      const { text, codes } = await ask('{ nodez { id } }');
      expect(codes).toEqual(['GRAPHQL_VALIDATION_FAILED']);
      expect(text).not.toContain('nodes');
    });
  });

  describe('refuses texts that cannot be stored, with their place', () => {
    const query = 'query ($t: String, $a: [Texts!]) { nothing(text: $t, all: $a) }';
    test.each([
      ['a variable', query, { t: 'a\u0000b' }, ['t']],
      ['half a character', query, { t: '\ud800' }, ['t']],
      ['a list of inputs', query, { a: [{ text: 'x' }, { more: ['y', '\u0000'] }] }, ['a', 1, 'more', 1]],
      ['a variable that is not used', '{ nothing }', { other: { deep: '\u0000' } }, ['other', 'deep']],
      ['a name', '{ nothing }', { other: { '\u0000': 1 } }, ['other']],
      ['a literal', String.raw`{ n: nothing(text: "\u0000") }`, {}, ['n', 'text']],
      [
        'a literal in an input',
        String.raw`{ nothing(all: [{ more: ["\u{0}"] }]) }`,
        {},
        ['nothing', 'all', 'more'],
      ],
      ['a raw literal', '{ nothing(text: """a\u0000""") }', {}, ['nothing', 'text']],
      ['a default', String.raw`query ($t: String = "\u0000") { nothing(text: $t) }`, {}, ['t']],
      [
        'a fragment',
        String.raw`{ ...F } fragment F on Query { nothing(text: "\u0000") }`,
        {},
        ['nothing', 'text'],
      ],
    ])('%s', async (_, document, variables, path) => {
      const { status, codes, problems } = await ask(document, variables);
      expect([status, codes]).toEqual([400, ['BAD_USER_INPUT']]);
      expect(problems).toMatchObject([{ path, code: 'TEXT_NOT_PLAIN' }]);
    });

    test('a header', async () => {
      for (const purpose of ['%00', 'a%00b']) {
        const { codes, problems } = await ask('{ nothing }', {}, { 'x-purpose': purpose });
        expect([codes, problems[0]?.path]).toEqual([['BAD_USER_INPUT'], ['x-purpose']]);
      }
      expect((await ask('{ nothing }', {}, { 'x-purpose': '%E0%A4%A' })).codes).toEqual([]);
    });

    test('but takes every other sign, and a body however deep', async () => {
      expect((await ask(query, { t: '𠮷\u0001\u{10ffff}' })).codes).toEqual([]);
      const deep = `{"query":"{ nothing }","variables":{"x":${'['.repeat(3_000)}"\\u0000"${']'.repeat(3_000)}}}`;
      const response = await send('', {}, {}, { body: deep });
      expect(((await response.json()) as Reply).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    });
  });

  describe('resolves entities', () => {
    const entities = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Node { name } } }';
    test('of its own', async () => {
      const { data } = await ask(entities, { r: [{ __typename: 'Node', id: '1' }] });
      expect(data).toEqual({ _entities: [{ name: 'n' }] });
    });

    test.each([
      ['a type that is none', { __typename: 'Nobody', id: '1' }, ['representations', 1, '__typename']],
      ['a type without a key', { __typename: 'Plain', id: '1' }, ['representations', 1, '__typename']],
      ['a type that others resolve', { __typename: 'Other', id: '1' }, ['representations', 1, '__typename']],
      ['a type that is no object', { __typename: 'String', id: '1' }, ['representations', 1, '__typename']],
      ['a word of the language', { __typename: '__proto__', id: '1' }, ['representations', 1, '__typename']],
      ['no type', { id: '1' }, ['representations', 1, '__typename']],
      ['no key', { __typename: 'Node' }, ['representations', 1]],
      ['a key that is no text', { __typename: 'Node', id: { a: 1 } }, ['representations', 1]],
      ['no object', 'Node', ['representations', 1]],
    ])('and refuses %s as the fault of the caller', async (_, representation, path) => {
      const { codes, problems, data } = await ask(entities, {
        r: [{ __typename: 'Node', id: '1' }, representation],
      });
      expect([codes, problems.map((problem) => problem.path)]).toEqual([['BAD_USER_INPUT'], [path]]);
      expect(data ?? null).toBeNull();
    });
  });
});
