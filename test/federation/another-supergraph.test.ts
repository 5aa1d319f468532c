import { EventEmitter } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeSupergraph } from '#gateway/compose.ts';
import { followFile, rereadAtHangup } from '#gateway/serving/supergraph-file.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { newJob } from './support/graph.ts';
import { startNetwork, type TestNetwork } from './support/network.ts';

let network: TestNetwork;
let bearer: string;
/** With schools, and without. */
let whole: string;
let part: string;

beforeAll(async () => {
  network = await startNetwork();
  bearer = await network.bearer();
  whole = composeSupergraph([network.people, network.places]);
  part = composeSupergraph([network.people]);
});
afterAll(() => network.stop());
beforeEach(() => network.gateway.replace(whole));
afterEach(() => {
  network.people.answerWith = undefined;
});

const school = '{ school(id: "7") { name } }';
const people = '{ rule(id: "x") { id } viewer { name } }';

const outcomes = async (): Promise<Record<string, number>> => {
  const { text } = await network.send('/metrics');
  const lines = text.matchAll(/^gateway_supergraphs_total\{outcome="(\w+)"\} (\d+)$/gm);
  return Object.fromEntries([...lines].map(([, outcome, count]) => [outcome, Number(count)]));
};

test('from the moment when it is served operations are of its schema, known documents too', async () => {
  expect((await network.ask(school, { bearer })).errors).toBeUndefined();
  expect(await network.gateway.replace(part)).toBe('served');
  expect((await network.ask(school, { bearer })).errors?.[0]?.extensions?.code).toBe(
    'GRAPHQL_VALIDATION_FAILED',
  );
  expect((await network.ask(people, { bearer })).errors).toBeUndefined();
  expect(await network.gateway.replace(whole)).toBe('served');
  expect((await network.ask(school, { bearer })).data).toEqual({ school: { name: 'S7' } });
});

test('what is under way is answered by the supergraph that it began on', async () => {
  const [asked, answer] = [Promise.withResolvers<void>(), Promise.withResolvers<string>()];
  network.people.answerWith = () => {
    asked.resolve();
    return answer.promise;
  };
  const answered = network.ask('{ student(id: "1") { id school { name } } }', { bearer });
  await asked.promise;
  expect(await network.gateway.replace(part)).toBe('served');
  answer.resolve(JSON.stringify({ data: { student: { __typename: 'Student', id: '1' } } }));
  expect(await answered).toMatchObject({
    status: 200,
    data: { student: { id: '1', school: { name: expect.any(String) } } },
    errors: undefined,
  });
});

test('no request is lost however often it changes under load', async () => {
  let isOver = false;
  const statuses = new Map<string, number>();
  const asker = async (): Promise<void> => {
    while (!isOver) {
      const { status, errors } = await network.ask(people, { bearer });
      const seen = `${status} ${JSON.stringify(errors ?? [])}`;
      statuses.set(seen, (statuses.get(seen) ?? 0) + 1);
    }
  };
  const askers = Array.from({ length: 10 }, asker);
  for (const next of [part, whole, part, whole]) {
    expect(await network.gateway.replace(next)).toBe('served');
  }
  isOver = true;
  await Promise.all(askers);
  expect([...statuses.keys()]).toEqual(['200 []']);
});

test('one that is none, that names a subgraph without address, or that is served already changes nothing', async () => {
  const before = await outcomes();
  const elsewhere = composeSupergraph([network.people, { ...network.places, name: 'elsewhere' }]);
  expect(await network.gateway.replace('type Query {')).toBe('refused');
  expect(await network.gateway.replace('type Query { a: Int }')).toBe('refused');
  expect(await network.gateway.replace(elsewhere)).toBe('refused');
  expect(await network.gateway.replace(whole)).toBe('unchanged');
  expect((await network.ask(school, { bearer })).errors).toBeUndefined();
  const after = await outcomes();
  expect((after.refused ?? 0) - (before.refused ?? 0)).toBe(3);
  expect((after.served ?? 0) - (before.served ?? 0)).toBe(0);
});

test('of several that come at once the last stays', async () => {
  expect(await Promise.all([part, whole, part].map((each) => network.gateway.replace(each)))).toEqual([
    'served',
    'served',
    'served',
  ]);
  expect((await network.ask(school, { bearer })).errors).toHaveLength(1);
});

test('streams end with the supergraph that they began on, and go on with the next', async () => {
  Object.assign(network.job, newJob());
  const open = () =>
    fetch(`${network.gateway.url}/graphql/stream`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        authorization: bearer,
      },
      body: JSON.stringify({ query: 'subscription { importProgress(job: "job-1") { state } }' }),
    });
  const reader = (await open()).body?.getReader();
  await reader?.read();
  await network.gateway.replace(part);
  const rest = async (): Promise<void> => {
    while (!(await reader?.read())?.done);
  };
  await rest().catch(() => undefined);
  const again = await open();
  expect(again.status).toBe(200);
  await again.body?.cancel();
});

test('at SIGHUP the file is read anew, and a file that is gone changes nothing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'supergraph-'));
  const file = join(folder, 'supergraph.graphql');
  const process = new EventEmitter();
  const taken: Promise<string>[] = [];
  const [served, missed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const take = (supergraph: string): void => {
    taken.push(network.gateway.replace(supergraph));
    served.resolve();
  };
  rereadAtHangup(process, file, take, { ...silentLog, warn: missed.resolve });
  process.emit('SIGHUP');
  await missed.promise;
  await writeFile(file, part);
  process.emit('SIGHUP');
  await served.promise;
  expect(await Promise.all(taken)).toEqual(['served']);
  expect((await network.ask(school, { bearer })).errors).toHaveLength(1);
  await rm(folder, { recursive: true });
});

test('a file is read whenever it has changed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'supergraph-'));
  const file = join(folder, 'supergraph.graphql');
  await writeFile(file, part);
  const read = Promise.withResolvers<string>();
  const stop = followFile(file, read.resolve, silentLog, 20);
  await writeFile(file, whole);
  expect(await read.promise).toBe(whole);
  stop();
  await rm(folder, { recursive: true });
});
