import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testServers } from '../database.ts';
import { inOrder } from './runner.ts';
import { NoResult, WorkerProcess } from './worker-process.ts';

const limits = { start: 20_000, suite: 300 };
const settings = { globalConfig: {}, projectConfig: {}, runtime: 'child_process', compiled: '' } as const;

describe('a worker of the tests', () => {
  let dir: string;
  const worker = (source: string) => {
    const file = join(dir, `${Math.random()}.mjs`);
    writeFileSync(file, source);
    return WorkerProcess.start(1, settings, limits, file);
  };
  const listens = `process.on('disconnect', () => process.exit()); process.send({ listens: true });`;
  beforeAll(() => {
    dir = mkdtempSync(join(testServers().dir, 'runner-'));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  test('answers for a suite, with the settings that it was given before', async () => {
    const answering = await worker(`
      let settings;
      process.on('message', (order) => {
        if (order.settings) settings = order.settings;
        else process.send({ result: { path: order.path, runtime: settings.runtime } });
      });
      ${listens}`);
    expect(await answering.run('a.test.ts')).toEqual({ path: 'a.test.ts', runtime: 'child_process' });
    expect(await answering.run('b.test.ts')).toEqual({ path: 'b.test.ts', runtime: 'child_process' });
    await answering.stop();
  });

  test('that says nothing is ended, and its suite has no result', async () => {
    const silent = await worker(`process.on('message', () => undefined); ${listens}`);
    await expect(silent.run('a.test.ts')).rejects.toThrow(/said nothing for 0\.3 s and was ended/);
    expect(silent.isGone).toBe(true);
  });

  test('that ends by itself gives no result either', async () => {
    const ending = await worker(`process.on('message', ({ path }) => path && process.exit(3)); ${listens}`);
    await expect(ending.run('a.test.ts')).rejects.toThrow(/ended by itself \(3\)/);
    expect(ending.isGone).toBe(true);
    await expect(worker('process.exit(4)')).rejects.toThrow(NoResult);
  });

  test('tells why a suite could not be loaded, and takes the next one', async () => {
    const failing = await worker(`
      process.on('message', ({ path }) => path && process.send({ error: { message: 'no ' + path, stack: 'at x' } }));
      ${listens}`);
    await expect(failing.run('a.test.ts')).rejects.toThrow('no a.test.ts');
    expect(failing.isGone).toBe(false);
    await expect(failing.run('b.test.ts')).rejects.toThrow('no b.test.ts');
    await failing.stop();
  });
});

test('without a former run the journeys begin first, otherwise what Jest remembers decides', () => {
  const suite = (path: string, duration?: number) => ({ path, duration, context: { config: {} } });
  const [unit, journey] = [suite('/libs/a.test.ts'), suite('/test/journeys/kills.run.test.ts')];
  expect(inOrder([unit, journey])).toEqual([journey, unit]);
  const remembered = [suite(unit.path, 5), suite(journey.path, 4)];
  expect(inOrder(remembered)).toEqual(remembered);
});
