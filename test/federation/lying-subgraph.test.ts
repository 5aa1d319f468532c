import { gzipSync } from 'node:zlib';
import type { RunningGateway } from '#gateway/start.ts';
import { wholeAnswerHeader } from '#libs/platform/subgraph/whole-answer.ts';
import { askAt, placesOf, type Told } from './support/ask.ts';
import { startNetwork, type TestNetwork } from './support/network.ts';
import { floods, page, type Rogue, says, startRogue, writes } from './support/rogue.ts';

let network: TestNetwork;
let rogue: Rogue;
let elsewhere: Rogue;
let gateway: RunningGateway;
let caller: { authorization: string };

beforeAll(async () => {
  [network, rogue, elsewhere] = await Promise.all([startNetwork(), startRogue(), startRogue()]);
  caller = { authorization: await network.bearer() };
  const urls = { people: network.people.url, places: rogue.url };
  gateway = await network.another({ SUBGRAPH_URLS: JSON.stringify(urls), BREAKER_OPEN_MS: '1' });
});
afterAll(async () => {
  await network.stop();
  await Promise.all([rogue.stop(), elsewhere.stop()]);
});

const both = '{ rule(id: "x") { id } school(id: "7") { name } }';
const ask = (behave: Rogue['behave'], query = both): Promise<Told> => {
  rogue.behave = behave;
  return askAt(gateway, query, caller);
};
const school = { data: { school: { name: 'S7' } } };
const internal = (...path: (string | number)[]) => [
  path,
  { code: 'INTERNAL', correlationId: expect.any(String) },
];

/** Breakers count lies among failures: whatever was asked before, the next call is let through. */
afterEach(async () => {
  expect((await ask(says(school))).data).toEqual({ rule: { id: 'ENR-08' }, ...school.data });
});

describe('what is no answer of a subgraph costs its own places only, and nothing of it is seen:', () => {
  test.each<[string, Rogue['behave']]>([
    ['a page with status 200', page(200)],
    ['a page with status 404', page(404)],
    ['nothing, with status 204', page(204)],
    [
      'a compressed answer that was not asked for',
      (response) => void response.end(gzipSync('{"data":null}')),
    ],
    ['fewer bytes than it said', writes('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"data":null}')],
    [
      'more bytes than it said',
      writes('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"data":{"school":{"name":"x"}}}'),
    ],
    ['more bytes than anybody takes', writes('HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n{')],
    ['a length that is no number', writes('HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n{"data":null}')],
    ['a chunk that is cut off', writes('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nff\r\n{"data"')],
    ['no HTTP', writes('SSH-2.0-secret\r\n')],
    ['bytes without end', floods],
    ['JSON that goes ever deeper', says('['.repeat(200_000))],
    ['a text', says('"secret"')],
    ['null', says('null')],
    ['an object of something else', says({ secret: true })],
    ['a list as data', says({ data: [school.data] })],
    ['a text as data', says({ data: 'secret' })],
    ['no data and no errors', says({ data: null })],
    ['no data and an empty list of errors', says({ errors: [] })],
    ['a text as errors', says({ errors: 'secret' })],
    ['texts as errors', says({ data: school.data, errors: ['secret'] })],
  ])('%s', async (_, behave) => {
    const told = await ask(behave);
    expect(told.status).toBe(200);
    expect(told.data).toEqual({ rule: { id: 'ENR-08' }, school: null });
    expect(placesOf(told)).toEqual([[['school'], { code: 'SERVICE_UNAVAILABLE', reason: 'NO_ANSWER' }]]);
    expect(told.text).not.toMatch(/secret|places|127\.0\.0\.1/);
  });
});

test('what is said to be a whole answer is passed on as it came, if it begins as one', async () => {
  const whole = { [wholeAnswerHeader]: '1' };
  const one = '{ school(id: "7") { name } }';
  expect((await ask(says(school), one)).data).toEqual(school.data);
  const text = '{"data":{"school":{  "name":"S7"}}}';
  expect((await ask(says(text, whole), one)).text).toBe(text);
  const told = await ask(says('"secret"', whole), one);
  expect(placesOf(told)).toEqual([[['school'], { code: 'SERVICE_UNAVAILABLE', reason: 'NO_ANSWER' }]]);
});

test.each([301, 302, 303, 307, 308])('a redirect (%s) is neither followed nor an answer', async (status) => {
  elsewhere.behave = says(school);
  const told = await ask((response) => {
    response.writeHead(status, { location: elsewhere.url, 'content-type': 'application/json' });
    response.end(JSON.stringify(school));
  });
  expect(placesOf(told)).toEqual([[['school'], { code: 'SERVICE_UNAVAILABLE', reason: 'NO_ANSWER' }]]);
  expect(elsewhere.calls).toHaveLength(0);
});

describe('an answer that does not fit the question', () => {
  test.each([
    ['too few', [{ school: { name: 'a' } }]],
    ['too many', [{ school: { name: 'a' } }, { school: { name: 'b' } }, { school: { name: 'c' } }]],
    ['none', null],
  ])('with %s of the entities is given to none of them', async (_, _entities) => {
    const told = await ask(says({ data: { _entities } }), '{ students { id school { name } } }');
    expect(told.data).toEqual({
      students: [
        { id: '1', school: null },
        { id: '2', school: null },
      ],
    });
    expect(told.errors.map(({ extensions }) => extensions?.code)).toEqual(['INTERNAL']);
  });

  test('with an object where a text belongs is a fault at its place', async () => {
    const told = await ask(says({ data: { school: { name: { secret: 1 } } } }));
    expect([told.data, placesOf(told)]).toEqual([
      { rule: { id: 'ENR-08' }, school: null },
      [internal('school', 'name')],
    ]);
    expect(told.text).not.toContain('secret');
  });

  test('with a list where an object belongs is a fault, and nothing of it is seen', async () => {
    const told = await ask(says({ data: { school: [{ name: 'secret' }] } }));
    expect(told.errors.map(({ extensions }) => extensions?.code)).toEqual(['INTERNAL']);
    expect(told.text).not.toContain('secret');
  });

  test('with more than was asked for leaves that out, also what every object has', async () => {
    const more =
      '{"data":{"__proto__":{"secret":1},"school":{"name":"S7","head":"secret","constructor":"secret"},"extra":1}}';
    const told = await ask(says(more));
    expect([told.data, told.errors]).toEqual([{ rule: { id: 'ENR-08' }, ...school.data }, []]);
    expect(Object.hasOwn(Object.prototype, 'secret')).toBe(false);
  });
});

describe('an error of a subgraph', () => {
  const error = (facts: Record<string, unknown>) => says({ data: { school: null }, errors: [facts] });

  test.each<[string, Record<string, unknown>]>([
    ['that quotes a secret', { message: 'secret', path: ['school'] }],
    ['with a code of its own', { message: 'secret', path: ['school'], extensions: { code: 'SECRET' } }],
    [
      'with a stack',
      { message: 'x', path: ['school'], extensions: { stacktrace: ['secret'], exception: 'secret' } },
    ],
    ['that is no text', { message: { secret: 1 }, path: ['school'], extensions: 'secret' }],
  ])('%s is INTERNAL at its place, with nothing of it', async (_, facts) => {
    const told = await ask(error(facts));
    expect(placesOf(told)).toEqual([internal('school')]);
    expect(told.text).not.toMatch(/secret/i);
  });

  test.each([
    ['that does not exist', ['nowhere', 7, 'secret', 3]],
    ['that is no path', 'secret'],
    ['with parts that are none', ['school', { secret: 1 }]],
  ])('at a place %s leaves the data as it is', async (_, path) => {
    const told = await ask(says({ ...school, errors: [{ message: 'm', path }] }));
    expect(told.data).toEqual({ rule: { id: 'ENR-08' }, ...school.data });
    expect(told.errors.map(({ extensions }) => extensions?.code)).toEqual(['INTERNAL']);
  });

  test('at an entity that was not asked for is told without leading anywhere', async () => {
    const told = await ask(
      says({
        data: { _entities: [null, null] },
        errors: [{ message: 'm', path: ['_entities', 9, 'school'] }],
      }),
      '{ students { id school { name } } }',
    );
    expect(told.data).toEqual({
      students: [
        { id: '1', school: null },
        { id: '2', school: null },
      ],
    });
    expect(told.errors.map(({ extensions }) => extensions?.code)).toEqual(['INTERNAL']);
  });

  test('decides neither over the status nor over the headers of the answer', async () => {
    const http = { status: 418, headers: [['set-cookie', 'secret=1']] };
    for (let time = 0; time < 2; time++) {
      const told = await ask(
        error({ message: 'm', path: ['school'], extensions: { code: 'NOT_FOUND', http } }),
      );
      expect([told.status, told.headers.get('set-cookie'), placesOf(told)]).toEqual([
        200,
        null,
        [[['school'], { code: 'NOT_FOUND' }]],
      ]);
    }
  });
});
