import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { composeSupergraph } from '#gateway/compose.ts';
import { GatewayConfig } from '#gateway/config.ts';
import { loadGraph } from '#gateway/federation/graph.ts';
import { type RunningGateway, startGateway } from '#gateway/start.ts';
import type { Tokens } from '#libs/platform/actor/tokens.ts';
import { progressSignal } from '#libs/platform/events/progress.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { createLocalBus } from './support/local-bus.ts';
import { audience, createSigner, issuer, type Signer } from './support/signer.ts';
import { startSubgraph, type TestSubgraph } from './support/subgraph.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
    import: ["@key", "@authenticated", "@requiresScopes", "@composeDirective"])
  @link(url: "https://specs.xueji.example/cached/v1.0", import: ["@cached"]) @composeDirective(name: "@cached")
  directive @cached(seconds: Int, topics: [String!], regionBy: String) on FIELD_DEFINITION | OBJECT
`;

const organization = `${link}
  type Query {
    school(id: ID!): School @authenticated @cached(seconds: 300, topics: ["organization.directory"])
    student(id: ID!): Student @authenticated
    published: School @cached(seconds: 300, topics: ["organization.directory"])
  }
  type Mutation { rename(name: String!): School! @authenticated }
  type School @key(fields: "id") @cached(topics: ["organization.directory"]) { id: ID! name: String secret: String @requiresScopes(scopes: [["admin"]]) }
  type Student { id: ID! name: String }
`;

const statistics = `${link}
  type Query {
    stock(scope: ID): Table @authenticated @cached(seconds: 60)
  }
  type Table @cached { total: Int }
`;

let school = { id: '1', name: 'First' };
let one: TestSubgraph;
let other: TestSubgraph;
let signer: Signer;
let gateway: RunningGateway;
const bus = createLocalBus();

/** Requests whose token the gateway has looked at, and who waits for more of them. */
const requests = { seen: 0, more: Promise.withResolvers<void>() };
const seenRequests = async (count: number): Promise<void> => {
  while (requests.seen < count) await requests.more.promise;
};

const ownProcess = randomUUID();
/** The organization tells that it is there. */
const live = (): void => bus.signal(progressSignal('organization'), { process: ownProcess, places: [] });

beforeAll(async () => {
  signer = await createSigner();
  one = await startSubgraph('organization', organization, {
    Query: {
      school: () => school,
      published: () => school,
      student: (_: unknown, { id }: { id: string }) => ({ id, name: `N${id}` }),
    },
    Mutation: {
      rename: (_: unknown, { name }: { name: string }) => {
        school = { ...school, name };
        return school;
      },
    },
  });
  other = await startSubgraph('statistics', statistics, { Query: { stock: () => ({ total: 7 }) } });
  const config = GatewayConfig.parse({
    PORT: '0',
    SUBGRAPH_URLS: JSON.stringify({ organization: one.url, statistics: other.url }),
    FILES_URL: 'http://127.0.0.1:9',
    OIDC_ISSUER: issuer,
    OIDC_JWKS_URL: `${issuer}/jwks`,
    OIDC_AUDIENCE: audience,
    NATS_URL: 'nats://127.0.0.1:9',
  });
  const graph = await loadGraph(composeSupergraph([one, other]), silentLog);
  const tokens: Tokens = {
    actorFrom: (header) => {
      requests.seen++;
      requests.more.resolve();
      requests.more = Promise.withResolvers();
      return signer.tokens.actorFrom(header);
    },
  };
  gateway = await startGateway(config, { log: silentLog, tokens, graph, bus });
});
afterAll(async () => {
  await gateway.close();
  await Promise.all([one.stop(), other.stop()]);
});

type Answer = { cache: string | null; age: string | null; control: string | null; text: string };

const ask = async (query: string, bearer?: string, more: { headers?: object; variables?: object } = {}) => {
  live();
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(bearer ? { authorization: bearer } : {}),
      ...more.headers,
    },
    body: JSON.stringify({ query, variables: more.variables }),
  });
  const header = (name: string) => response.headers.get(name);
  const answer: Answer = {
    ...{ cache: header('x-cache'), age: header('age'), control: header('cache-control') },
    text: await response.text(),
  };
  return answer;
};

/** Asks until the answer is kept: the document is known, its caller let in, and the gateway follows the events. */
const untilKept = async (query: string, bearer?: string, more = {}): Promise<Answer> => {
  for (;;) {
    const answer = await ask(query, bearer, more);
    if (answer.cache === 'hit') return answer;
  }
};

const read = '{ school(id: "1") { name } }';
const clerkOf = (claims: object = {}) => signer.bearer({ roles: ['REGISTRAR'], ...claims });
const asked = (subgraph: TestSubgraph) => subgraph.calls.length;

test('a kept answer is the same text, asks nobody, says its age, and may be kept by nobody else', async () => {
  const clerk = await clerkOf();
  const fetched = await ask(read, clerk);
  await untilKept(read, clerk);
  const before = asked(one);
  const kept = await ask(read, clerk);
  expect(kept).toMatchObject({ cache: 'hit', text: fetched.text, control: 'no-store' });
  expect(kept.age).toMatch(/^\d+$/);
  expect(asked(one)).toBe(before);
});

test('nothing of persons, of other scopes, of grants or refused is kept', async () => {
  const clerk = await clerkOf();
  await untilKept(read, clerk);
  const cases: [string, string, object][] = [
    ['a person', '{ student(id: "5") { name } }', {}],
    ['with a person', '{ school(id: "1") { name } student(id: "5") { name } }', {}],
    ['a field behind a scope', '{ school(id: "1") { secret } }', {}],
    ['under a grant', read, { headers: { 'x-grant': randomUUID() } }],
  ];
  for (const [, query, more] of cases) {
    await ask(query, clerk, more);
    expect((await ask(query, clerk, more)).cache).toBe('none');
  }
});

test('who has other rights, or a token that is no good, gets nothing of what was kept', async () => {
  await untilKept(read, await clerkOf());
  expect((await ask(read, await clerkOf({ scope: 'more' }))).cache).toBe('miss');
  expect((await ask(read, await clerkOf({ roles: ['CLASS_TEACHER'] }))).cache).toBe('miss');
  const nobody = await ask(read);
  expect([nobody.cache, nobody.text]).toEqual(['miss', expect.stringContaining('UNAUTHENTICATED')]);
  const forged = await ask(read, `${await clerkOf()}x`);
  expect([forged.cache, forged.text]).toEqual([null, expect.stringContaining('UNAUTHENTICATED')]);
});

test('what is open to everybody is kept for everybody', async () => {
  const kept = await untilKept('{ published { name } }');
  expect(kept.text).toContain(school.name);
});

test('other variables, and other texts, are other answers', async () => {
  const clerk = await clerkOf();
  const query = 'query ($id: ID = "1") { school(id: $id) { id name } }';
  await untilKept(query, clerk, { variables: { id: '1' } });
  for (const variables of [{ id: '2' }, {}]) {
    expect((await ask(query, clerk, { variables })).cache).toBe('miss');
    expect((await ask(query, clerk, { variables })).cache).toBe('hit');
  }
  expect((await ask(query, clerk, { variables: { id: '1', unused: 'x' } })).cache).toBe('hit');
});

test('who has changed something through this gateway sees it with the next request', async () => {
  const clerk = await clerkOf();
  await untilKept(read, clerk);
  await ask('mutation { rename(name: "Second") { id } }', clerk);
  expect(await ask(read, clerk)).toMatchObject({ cache: 'miss', text: expect.stringContaining('Second') });
});

test('an event drops what it changes', async () => {
  const clerk = await clerkOf();
  await untilKept(read, clerk);
  school = { ...school, name: 'Third' };
  bus.tell('organization', 'school');
  for (;;) {
    const answer = await ask(read, clerk);
    if (answer.text.includes('Third')) break;
  }
  expect((await untilKept(read, clerk)).text).toContain('Third');
});

test('an answer with an error, or without one of its services, is not kept', async () => {
  const clerk = await clerkOf();
  const query = '{ school(id: "1") { id } published { name } }';
  await untilKept(query, clerk);
  one.answerWith = () =>
    JSON.stringify({ data: { school: null, published: null }, errors: [{ message: 'x' }] });
  const failing = '{ school(id: "1") { id name } published { name } }';
  for (let n = 0; n < 3; n++) expect((await ask(failing, clerk)).cache).not.toBe('hit');
  one.answerWith = undefined;
  await one.stop();
  const away = '{ published { id name } school(id: "1") { name } }';
  for (let n = 0; n < 3; n++) {
    expect(await ask(away, clerk)).toMatchObject({ text: expect.stringContaining('SERVICE_UNAVAILABLE') });
  }
  await one.restart();
});

describe('while an answer is fetched', () => {
  /** The organization answers its next calls when the test says so. */
  const heldBack = () => {
    const arrived = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const calls: string[] = [];
    one.answerWith = async () => {
      calls.push(school.name);
      const seen = school.name;
      arrived.resolve();
      await release.promise;
      return JSON.stringify({ data: { school: { name: seen } } });
    };
    return {
      calls,
      arrived: arrived.promise,
      release: () => {
        one.answerWith = undefined;
        release.resolve();
      },
    };
  };

  /** A caller who was let in, and a question that is known but not kept. */
  const ready = async (): Promise<{ clerk: string; query: string }> => {
    const clerk = await clerkOf({ sub: randomUUID() });
    await untilKept(read, clerk);
    await ask('mutation { rename(name: "Fourth") { id } }', clerk);
    return { clerk, query: read };
  };

  test('others who ask the same wait for it', async () => {
    const { clerk, query } = await ready();
    const { calls, arrived, release } = heldBack();
    const first = ask(query, clerk);
    await arrived;
    const before = requests.seen;
    const second = ask(query, clerk);
    const third = ask(query, clerk);
    await seenRequests(before + 2);
    await ask('{ __typename }', clerk);
    release();
    const answers = await Promise.all([first, second, third]);
    expect(calls).toHaveLength(1);
    expect(answers.map(({ cache }) => cache)).toEqual(['miss', 'joined', 'joined']);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  });

  test('one who leaves breaks off nothing for those who stay', async () => {
    const { clerk, query } = await ready();
    const { calls, arrived, release } = heldBack();
    const leaving = connect(gateway.port, '127.0.0.1');
    const body = JSON.stringify({ query });
    leaving.write(
      `POST /graphql HTTP/1.1\r\nhost: x\r\nauthorization: ${clerk}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    await arrived;
    const before = requests.seen;
    const staying = ask(query, clerk);
    await seenRequests(before + 1);
    await ask('{ __typename }', clerk);
    leaving.destroy();
    await once(leaving, 'close');
    await ask('{ __typename }', clerk);
    release();
    expect(await staying).toMatchObject({ cache: 'joined', text: expect.stringContaining('Fourth') });
    expect(calls).toHaveLength(1);
  });

  test('who comes after a change does not join, and what was fetched before is not kept', async () => {
    const { clerk, query } = await ready();
    const { arrived, release } = heldBack();
    const first = ask(query, clerk);
    await arrived;
    one.answerWith = undefined;
    await ask('mutation { rename(name: "Fifth") { id } }', clerk);
    const after = await ask(query, clerk);
    expect(after).toMatchObject({ cache: 'miss', text: expect.stringContaining('Fifth') });
    release();
    expect((await first).text).toContain('Fourth');
    expect((await untilKept(query, clerk)).text).toContain('Fifth');
  });
});

test('another supergraph begins with nothing kept, and hears of mutations that went through the one before', async () => {
  const clerk = await clerkOf();
  await untilKept(read, clerk);
  const arrived = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  one.answerWith = async ({ query }) => {
    if (!query.startsWith('mutation')) return JSON.stringify({ data: { school: { name: 'Before' } } });
    arrived.resolve();
    await release.promise;
    return JSON.stringify({ data: { rename: { id: '1' } } });
  };
  const renaming = ask('mutation { rename(name: "After") { id } }', clerk);
  await arrived.promise;
  const next = {
    ...one,
    sdl: organization.replace('name: String secret', 'name: String motto: String secret'),
  };
  expect(await gateway.replace(composeSupergraph([next, other]))).toBe('served');
  expect([(await ask(read, clerk)).cache, (await ask(read, clerk)).cache]).toEqual([null, 'miss']);
  expect((await untilKept(read, clerk)).text).toContain('Before');
  release.resolve();
  await renaming;
  one.answerWith = undefined;
  expect((await ask(read, clerk)).cache).toBe('miss');
  const series = await (await fetch(`${gateway.url}/metrics`)).text();
  expect(series).toMatch(/^gateway_cache_entries [1-9]/m);
});
