import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import pg from 'pg';
import { removeNats } from '#deploy/local/nats.ts';
import { removePostgres } from '#deploy/local/postgres.ts';
import { findByCommand, isAlive, waitUntil } from '#deploy/local/processes.ts';
import { projectRoot } from '#deploy/local/state.ts';

interface Started {
  runner: ChildProcess;
  adminUrl: string;
  nats: { url: string; user: string; password: string };
  pids: number[];
}

const root = mkdtempSync(join(tmpdir(), 'servers-'));
const dirs = { postgres: join(root, 'postgres'), nats: join(root, 'nats'), run: join(root, 'run') };
const program = `
  import { startServers } from '#deploy/local/servers.ts';
  const silent = { begin() {}, count() {}, finish() {}, close() {} };
  const { postgres, nats, pids, stop } = await startServers(${JSON.stringify(dirs)}, silent);
  process.once('SIGTERM', () => stop().then(() => process.exit(0)));
  console.log(JSON.stringify({ adminUrl: postgres.adminUrl, nats, pids }));
  setInterval(() => {}, 1e9);
`;
const runners: ChildProcess[] = [];

/** A runner of its own process, so that it can be killed. */
async function start(): Promise<Started> {
  const { DATABASE_URL: _database, NATS_URL: _nats, NODE_OPTIONS: _options, ...env } = process.env;
  const runner = spawn(process.execPath, ['--input-type=module', '-e', program], { cwd: projectRoot, env });
  runners.push(runner);
  let complaint = '';
  runner.stderr.on('data', (chunk) => (complaint += String(chunk)));
  const lines = createInterface(runner.stdout);
  const line = await Promise.race([once(lines, 'line'), once(runner, 'exit').then(() => undefined)]);
  if (!line) throw new Error(`The runner ended: ${complaint}`);
  return { runner, ...JSON.parse(String(line[0])) };
}

const guardsOf = (started: Started) => started.pids.flatMap((pid) => findByCommand(`guard ${pid}`));
const kill = (pids: (number | undefined)[]) => {
  for (const pid of pids) if (pid) process.kill(pid, 'SIGKILL');
};
const allEnded = (pids: number[]) => waitUntil(() => !pids.some(isAlive), 10_000);

async function query(started: Started, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: started.adminUrl });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function connected<T>(started: Started, act: (connection: NatsConnection) => Promise<T>): Promise<T> {
  const { url, user, password } = started.nats;
  const connection = await connect({ servers: url, user, pass: password });
  try {
    return await act(connection);
  } finally {
    await connection.close();
  }
}

afterAll(async () => {
  for (const runner of runners) runner.kill('SIGKILL');
  await removePostgres(dirs.postgres);
  await removeNats(dirs.nats);
  rmSync(root, { recursive: true });
});

test('what was acknowledged is there after everything was killed, and again after servers were orphaned', async () => {
  const first = await start();
  await query(first, "create table kept as select '𠮷'::text as name");
  await connected(first, async (connection) => {
    await (await jetstreamManager(connection)).streams.add({ name: 'kept', subjects: ['kept'] });
    await jetstream(connection).publish('kept', '学');
  });
  kill([...guardsOf(first), ...first.pids, first.runner.pid]);
  expect(await allEnded(first.pids)).toBe(true);

  const second = await start();
  expect(await query(second, 'select name from kept')).toEqual([{ name: '𠮷' }]);
  kill([...guardsOf(second), second.runner.pid]);
  await once(second.runner, 'exit');
  expect(second.pids.map(isAlive)).toEqual([true, true]);

  const third = await start();
  expect(second.pids.map(isAlive)).toEqual([false, false]);
  expect(await query(third, 'select name from kept')).toEqual([{ name: '𠮷' }]);
  const message = await connected(third, async (connection) =>
    (await jetstreamManager(connection)).streams.getMessage('kept', { seq: 1 }),
  );
  expect(message?.string()).toBe('学');

  third.runner.kill('SIGTERM');
  expect((await once(third.runner, 'exit'))[0]).toBe(0);
  expect(third.pids.map(isAlive)).toEqual([false, false]);
});

test('servers end with a runner that is killed', async () => {
  const started = await start();
  expect(started.pids.map(isAlive)).toEqual([true, true]);
  kill([started.runner.pid]);
  expect(await allEnded(started.pids)).toBe(true);
});

test('nobody comes in without the generated passwords', async () => {
  const started = await start();
  const url = new URL(started.adminUrl);
  url.password = 'guess';
  const client = new pg.Client({ connectionString: url.href });
  await expect(client.connect()).rejects.toThrow('password authentication failed');
  await expect(connect({ servers: started.nats.url, reconnect: false })).rejects.toThrow(/authorization/i);
  const refused = connect({
    servers: started.nats.url,
    user: started.nats.user,
    pass: 'guess',
    reconnect: false,
  });
  await expect(refused).rejects.toThrow(/authorization/i);
  started.runner.kill('SIGTERM');
  await once(started.runner, 'exit');
});

test('the database sorts and stores Unicode and writes through', async () => {
  const started = await start();
  const [settings] = await query(
    started,
    `select current_setting('server_encoding') as encoding, datlocprovider as provider, datlocale as locale,
      current_setting('fsync') as fsync, current_setting('full_page_writes') as pages,
      current_setting('synchronous_commit') as commit, current_setting('max_connections') as connections
      from pg_database where datname = 'postgres'`,
  );
  expect(settings).toEqual({
    encoding: 'UTF8',
    provider: 'b',
    locale: 'C.UTF-8',
    fsync: 'on',
    pages: 'on',
    commit: 'on',
    connections: '300',
  });
  started.runner.kill('SIGTERM');
  await once(started.runner, 'exit');
});
