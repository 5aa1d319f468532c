import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeNats } from '#deploy/local/nats.ts';
import { freePort } from '#deploy/local/ports.ts';
import { removePostgres } from '#deploy/local/postgres.ts';
import { findPostgresHome } from '#deploy/local/postgres-home.ts';
import { isAlive, waitUntil } from '#deploy/local/processes.ts';
import { readReady } from '#deploy/local/ready.ts';
import { findSecrets, openSecrets } from '#deploy/local/secrets.ts';
import { localPaths, projectRoot } from '#deploy/local/state.ts';

const root = mkdtempSync(join(tmpdir(), 'run-'));
const paths = localPaths(root);
const runners: ChildProcess[] = [];

/** `npm start` with a network of nothing; with `endless` it is never ready. */
function start(port: number, { fresh = false, endless = false, servers = {} } = {}) {
  const program = `
    import { runUntilStopped } from '#deploy/local/run.ts';
    import { localPaths } from '#deploy/local/state.ts';
    import { Failure } from '#deploy/local/failure.ts';
    const network = {
      graphUrl: 'http://localhost:${port}/graphql', pids: [], hints: ['query { viewer { name } }'],
      identities: [{ name: '教育部', level: 'MINISTRY', token: 'x' }], stop: async () => {},
    };
    const startNetwork = async ({ onProgress, fresh }) => {
      onProgress('Network of nothing, fresh ' + fresh);
      if (${endless}) await new Promise(() => {});
      return network;
    };
    const options = { fresh: ${fresh}, scale: 0, processes: false, port: ${port} };
    try {
      process.exit(await runUntilStopped(options, async () => startNetwork, localPaths(${JSON.stringify(root)})));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      console.log(error.message);
      process.exit(1);
    }
  `;
  const { DATABASE_URL: _database, NATS_URL: _nats, NODE_OPTIONS: _options, ...env } = process.env;
  const runner = spawn(process.execPath, ['--input-type=module', '-e', program], {
    cwd: projectRoot,
    env: { ...env, ...servers },
  });
  runners.push(runner);
  const run = { runner, output: '', exit: once(runner, 'exit').then(([code]) => Number(code)) };
  for (const stream of [runner.stdout, runner.stderr]) {
    stream.on('data', (chunk) => {
      run.output += String(chunk);
    });
  }
  return run;
}

const isReady = () => waitUntil(() => existsSync(paths.ready), 20_000);

afterAll(async () => {
  for (const runner of runners) runner.kill('SIGKILL');
  await removePostgres(paths.postgres);
  await removeNats(paths.nats);
  rmSync(root, { recursive: true });
});

test('a start says when it is ready and where, a second one is sent there, and Ctrl-C stops everything', async () => {
  const port = await freePort();
  const first = start(port);
  expect(await isReady()).toBe(true);
  const ready = readReady(paths.ready);
  expect(ready).toMatchObject({
    graphUrl: `http://localhost:${port}/graphql`,
    identities: [{ name: '教育部' }],
  });
  expect(statSync(paths.ready).mode & 0o777).toBe(0o600);
  expect(ready?.pids.map(isAlive)).toEqual([true, true, true]);

  const second = start(await freePort());
  expect(await second.exit).toBe(1);
  expect(second.output).toContain(`already runs from this folder, at http://localhost:${port}/graphql`);

  first.runner.kill('SIGINT');
  expect(await first.exit).toBe(0);
  const elsewhere = findPostgresHome(paths.postgres)?.dir !== paths.postgres;
  expect(first.output.includes('its data in /')).toBe(elsewhere);
  expect(first.output).toMatch(/✓ PostgreSQL.*✓ Network of nothing.*教育部.*query { viewer.*Stopped/s);
  expect(ready?.pids.map(isAlive)).toEqual([false, false, false]);
  expect(existsSync(paths.ready)).toBe(false);
});

test('an interrupted start leaves nothing running', async () => {
  const run = start(await freePort(), { endless: true });
  expect(await waitUntil(() => run.output.includes('Network of nothing'), 20_000)).toBe(true);
  run.runner.kill('SIGTERM');
  expect(await run.exit).toBe(130);
  expect(existsSync(paths.ready)).toBe(false);
});

test('a server that ends by itself ends the start, with the place of its log', async () => {
  const run = start(await freePort());
  expect(await isReady()).toBe(true);
  const [, , nats] = readReady(paths.ready)?.pids ?? [];
  if (nats === undefined) throw new Error('The pid of nats-server is missing.');
  process.kill(nats, 'SIGKILL');
  expect(await run.exit).toBe(1);
  expect(run.output).toContain(join(paths.run, 'nats.log'));
  expect(existsSync(paths.ready)).toBe(false);
});

test('--fresh removes its own state and nothing of other commands', async () => {
  writeFileSync(join(paths.dir, 'installed'), 'kept');
  writeFileSync(join(paths.dir, 'identities.json'), '[]');
  const run = start(await freePort(), { fresh: true });
  expect(await isReady()).toBe(true);
  run.runner.kill('SIGINT');
  expect(await run.exit).toBe(0);
  expect(run.output).toContain('fresh true');
  expect(existsSync(join(paths.dir, 'installed'))).toBe(true);
  expect(existsSync(join(paths.dir, 'identities.json'))).toBe(false);
});

test('--fresh refuses to touch anything while the data are on a server elsewhere', async () => {
  const secrets = openSecrets(paths.dir);
  const elsewhere = { DATABASE_URL: 'postgresql://user:secret@127.0.0.1:1/postgres' };
  const run = start(await freePort(), { fresh: true, servers: elsewhere });
  expect(await run.exit).toBe(1);
  expect(run.output).toMatch(/DATABASE_URL.*nothing was removed/s);
  expect(run.output).not.toContain('PostgreSQL');
  expect(findSecrets(paths.dir)).toEqual(secrets);
});

test.each([
  ['DATABASE_URL', 'hello', 'DATABASE_URL is no address'],
  [
    'DATABASE_URL',
    'postgresql://user:secret@127.0.0.1:1/postgres',
    'No connection to PostgreSQL at 127.0.0.1:1',
  ],
  ['NATS_URL', 'hello', 'NATS_URL is no address'],
  ['NATS_URL', 'nats://user:secret@127.0.0.1:1', 'No connection to NATS JetStream at 127.0.0.1:1'],
])(
  '%s=%s ends in a sentence without a password, and no tick is shown for it',
  async (name, value, sentence) => {
    const run = start(await freePort(), { servers: { [name]: value } });
    expect(await run.exit).toBe(1);
    expect(run.output).toContain(sentence);
    expect(run.output).not.toMatch(/secret|\n\s+at /);
    expect(run.output).not.toContain(name === 'NATS_URL' ? '✓ NATS' : '✓ PostgreSQL');
  },
);

test('a busy port is named with its holder before anything is started', async () => {
  const port = await freePort();
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  const run = start(port);
  expect(await run.exit).toBe(1);
  expect(run.output).toContain(`Port ${port} is taken by`);
  expect(run.output).toContain(`(pid ${process.pid})`);
  expect(run.output).not.toContain('PostgreSQL');
  server.close();
});
