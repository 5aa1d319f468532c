import { getEventListeners, once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';
import { CallFailed } from './call-failed.ts';
import { type Post, post, type Space } from './post.ts';

let server: Server;
let pool: Pool;
/** What the server does with each question, in their order. */
let answers: ((end: (text: string) => void) => void)[];

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume().once('end', () => answers.shift()?.((text) => void response.end(text)));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => server.close());
beforeEach(() => {
  pool = new Pool(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { connections: 1 });
});
afterEach(() => pool.destroy());

const order = (more: Partial<Post> = {}): Post => ({
  path: '/',
  headers: {},
  body: Buffer.from('{}'),
  most: 100,
  space: { used: 0, most: 1_000 },
  ...more,
});

const posted = (asked: Post): Promise<string> => post(pool, asked, String);

/** How a call ended: with a text, or at which stage it failed and by which limit. */
const endOf = (asked: Promise<string>): Promise<unknown> =>
  asked.catch((error) => (error instanceof CallFailed ? [error.stage, error.limit] : error));

const says =
  (text: string) =>
  (end: (text: string) => void): void =>
    end(text);

test.each([
  ['as large as may be', 100, 'x'.repeat(100)],
  ['larger', 101, ['unusable', 'large']],
])('an answer %s is taken or not by its bytes', async (_, size, end) => {
  answers = [says('x'.repeat(size))];
  const space: Space = { used: 0, most: 1_000 };
  expect([await endOf(posted(order({ space }))), space.used]).toEqual([end, 0]);
});

test('answers share the space of their subgraph, and give it back', async () => {
  answers = [says('x'.repeat(60)), says('x'.repeat(60))];
  const space: Space = { used: 50, most: 100 };
  expect(await endOf(posted(order({ space })))).toEqual(['unusable', 'large']);
  space.used -= 50;
  expect([await endOf(posted(order({ space }))), space.used]).toEqual(['x'.repeat(60), 0]);
});

test('what waits for a connection when its time is over was not sent, what waits for an answer was', async () => {
  const held = Promise.withResolvers<(text: string) => void>();
  answers = [held.resolve];
  const operation = new AbortController();
  const sent = endOf(posted(order({ signal: operation.signal })));
  await held.promise;
  const waiting = endOf(posted(order({ signal: operation.signal })));
  operation.abort();
  expect(await Promise.all([sent, waiting])).toEqual([
    ['unanswered', 'late'],
    ['unsent', 'late'],
  ]);
  expect(await endOf(posted(order({ signal: operation.signal })))).toEqual(['unsent', 'late']);
});

test('what ended while it waited for a connection is not sent later', async () => {
  const held = Promise.withResolvers<(text: string) => void>();
  answers = [held.resolve, says('third')];
  const first = posted(order());
  const end = await held.promise;
  const left = new AbortController();
  const second = endOf(posted(order({ signal: left.signal })));
  const third = posted(order());
  left.abort();
  end('first');
  expect(await Promise.all([first, second, third])).toEqual(['first', ['unsent', 'late'], 'third']);
});

test('a call that is answered leaves nothing at the signal of its operation', async () => {
  answers = [says('x')];
  const { signal } = new AbortController();
  await posted(order({ signal, time: 10_000 }));
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
