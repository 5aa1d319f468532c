import { randomBytes } from 'node:crypto';
import { isAlive } from '#deploy/local/processes.ts';
import { type ChildService, startChild } from '#deploy/network/child-services.ts';
import type { NetworkPlan } from '#deploy/network/services.ts';
import { dropDatabase, ownName, testServers } from '#test/support/database.ts';

describe('a service in a process of its own', () => {
  const { adminUrl, nats, dir } = testServers();
  const database = ownName('child');
  const key = (): string => randomBytes(32).toString('base64');
  const plan: NetworkPlan = {
    adminUrl,
    database,
    secret: 'passwords of test networks',
    nats: { ...nats, prefix: database },
    keys: { ring: JSON.stringify({ current: 'k', keys: { k: key() } }), hashKey: key() },
    oidc: { issuer: 'http://127.0.0.1:9', audience: 'test', jwksUrl: 'http://127.0.0.1:9/jwks' },
    filesDir: dir,
    publicUrl: 'http://127.0.0.1:9',
    logLevel: 'silent',
    poolSize: 2,
  };
  const told: string[] = [];
  const pauses: number[] = [];
  let replaced = Promise.withResolvers<void>();
  let child: ChildService;

  beforeAll(async () => {
    const events = {
      tell: (sentence: string) => void told.push(sentence),
      onReplaced: () => replaced.resolve(),
      signal: new AbortController().signal,
    };
    child = await startChild(plan, 'organization', events, (nth) => {
      pauses.push(nth);
      return 1;
    });
  });
  afterAll(async () => {
    await child?.stop();
    await dropDatabase(database);
  });

  const killed = async (): Promise<number> => {
    const { pid } = child;
    replaced = Promise.withResolvers();
    process.kill(pid, 'SIGKILL');
    await replaced.promise;
    return pid;
  };

  test('leads a group of its own: Ctrl-C in the terminal reaches only the runner, which stops it in order', () => {
    expect(() => process.kill(-child.pid, 0)).not.toThrow();
  });

  test('that is killed is started again at the same address, and both are said', async () => {
    const before = await killed();
    expect(child.pid).not.toBe(before);
    expect((await fetch(`${child.url}/readyz`)).status).toBe(200);
    expect(told).toEqual([
      expect.stringMatching(`organization \\(process ${before}\\) has ended by itself \\(SIGKILL\\)`),
      expect.stringContaining(`organization runs again (process ${child.pid})`),
    ]);
  });

  test('that is killed again soon waits longer each time', async () => {
    await killed();
    await killed();
    expect(pauses).toEqual([0, 1, 2]);
  });

  test('ends at once when its start is given up', async () => {
    const stop = new AbortController();
    const starting = startChild(plan, 'organization', {
      tell: () => undefined,
      onReplaced: () => undefined,
      signal: stop.signal,
    });
    stop.abort();
    await expect(starting).rejects.toThrow('organization ended with SIGTERM while it started');
  });

  test('that is asked to stop stays stopped', async () => {
    told.length = 0;
    const { pid } = child;
    await child.stop();
    expect(isAlive(pid)).toBe(false);
    expect(told).toEqual([]);
  });
});
