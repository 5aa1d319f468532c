import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Account } from '#deploy/local/account.ts';
import { serverAddress } from '#deploy/local/addresses.ts';
import { Failure } from '#deploy/local/failure.ts';
import { busyPort, freePort, isPortFree, keptPort } from '#deploy/local/ports.ts';
import { findPostgresPrograms, type PostgresPrograms } from '#deploy/local/postgres-binaries.ts';
import { assertDurable } from '#deploy/local/postgres-durable.ts';
import {
  findPostgresHome,
  makePrivateDir,
  openPostgresHome,
  type PostgresHome,
} from '#deploy/local/postgres-home.ts';
import { commandOf, endProcess, isAlive, waitUntil } from '#deploy/local/processes.ts';
import { type ServerProcess, startServer } from '#deploy/local/server-process.ts';
import { makeStateDir } from '#deploy/local/state.ts';

export interface PostgresOptions {
  /** Folder of this cluster; made when missing. */
  dataDir: string;
  /** Folder for the server's log. */
  runDir: string;
  /** Only this port will do; without it a free one is chosen and remembered. */
  port?: number;
  /** A server to use in place of the embedded one; by default what DATABASE_URL says. */
  external?: string;
}

export interface Postgres {
  /** Address of an account that may create databases and roles, with its password. */
  adminUrl: string;
  /** `undefined` for a server that was not started here. */
  pid: number | undefined;
  /** Where its data are, when that is not the folder that was asked for (`openPostgresHome`). */
  dataElsewhere: string | undefined;
  /** Resolves when the server has ended; never for an external one. */
  exited: Promise<void>;
  stop(): Promise<void>;
}

/** SIGINT disconnects clients and writes a checkpoint, SIGQUIT leaves recovery to the next start. */
const endBy: [NodeJS.Signals, number][] = [
  ['SIGINT', 20_000],
  ['SIGQUIT', 10_000],
  ['SIGKILL', 5_000],
];
const superuser = 'postgres';
const startTimeout = 60_000;

/**
 * Starts the embedded PostgreSQL on the loopback interface, or connects to the external one, and asserts that what it
 * acknowledges survives a loss of power. A server that a killed runner left behind is stopped first.
 * Throws `Failure` when the person at the terminal has to do something.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const external = 'external' in options ? options.external : process.env.DATABASE_URL;
  if (external) {
    const { href } = serverAddress('postgres', 'DATABASE_URL', external);
    await assertDurable(href);
    return {
      adminUrl: href,
      pid: undefined,
      dataElsewhere: undefined,
      exited: new Promise(() => undefined),
      stop: async () => undefined,
    };
  }
  makeStateDir(options.runDir);
  const home = openPostgresHome(options.dataDir);
  await endOrphan(home);
  const programs = findPostgresPrograms(home);
  if (!existsSync(home.data)) await initialize(programs, home);
  const { server, port } = await launch(programs, home, options);
  const password = readFileSync(home.password, 'utf8');
  const adminUrl = `postgresql://${superuser}:${password}@127.0.0.1:${port}/postgres`;
  try {
    await assertDurable(adminUrl);
  } catch (error) {
    await server.stop();
    throw error;
  }
  const { pid, exited, stop } = server;
  return { adminUrl, pid, dataElsewhere: home.dir === options.dataDir ? undefined : home.dir, exited, stop };
}

/** Stops what may run on the cluster of this folder and removes the cluster. */
export async function removePostgres(dataDir: string): Promise<void> {
  const home = findPostgresHome(dataDir);
  if (home) {
    await endOrphan(home);
    rmSync(home.dir, { recursive: true, force: true });
  }
  rmSync(dataDir, { recursive: true, force: true });
}

/** Makes the cluster under another name and renames it, so that a half-made one is never taken for data. */
async function initialize(programs: PostgresPrograms, home: PostgresHome): Promise<void> {
  const part = `${home.data}.part`;
  rmSync(part, { recursive: true, force: true });
  makePrivateDir(part);
  const password = existsSync(home.password)
    ? readFileSync(home.password, 'utf8')
    : randomBytes(24).toString('hex');
  writeFileSync(home.password, password, { mode: 0o600 });
  const cluster = join(part, 'cluster');
  const passwordFile = join(part, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  makePrivateDir(cluster);
  for (const path of [part, cluster, passwordFile]) giveTo(home.account, path);
  const args = ['-D', cluster, '-U', superuser, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  args.push('--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C');
  await runToEnd(programs.initdb, args, home.account);
  renameSync(cluster, home.data);
  rmSync(part, { recursive: true, force: true });
}

function runToEnd(command: string, args: string[], account: Account | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: '/',
      detached: true,
      env: serverEnv,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...account,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => (output += String(chunk)));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Failure('PostgreSQL could not prepare its data folder:', output.trim()));
    });
  });
}

/** Starts the server, with another port when the chosen one was taken in the meantime. */
async function launch(
  programs: PostgresPrograms,
  home: PostgresHome,
  options: PostgresOptions,
): Promise<{ server: ServerProcess; port: number }> {
  if (options.port && !(await isPortFree(options.port))) throw new Failure(busyPort(options.port));
  const end = performance.now() + startTimeout;
  let port = options.port ?? (await keptPort(home.port));
  for (;;) {
    const server = await startServer({
      command: programs.postgres,
      args: ['-D', home.data, ...settings(port)],
      logFile: join(options.runDir, 'postgres.log'),
      env: serverEnv,
      account: home.account,
      endBy,
    });
    const ready = await waitUntil(
      () => server.hasExited() || isReady(home, server.pid),
      end - performance.now(),
    );
    if (ready && !server.hasExited()) return { server, port };
    await server.stop();
    const log = server.logTail();
    const portTaken = /could not bind|Address already in use/.test(log) && !options.port;
    const oldBackends = /pre-existing shared memory block/.test(log);
    if (performance.now() > end || !(portTaken || oldBackends)) {
      throw new Failure('PostgreSQL did not start. The end of its log:', log);
    }
    if (portTaken) {
      port = await freePort();
      writeFileSync(home.port, String(port), { mode: 0o600 });
    }
  }
}

const serverEnv = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/** Errors are logged without the statement and its details: those carry personal data. */
function settings(port: number): string[] {
  return Object.entries({
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    max_connections: '300',
    shared_buffers: '128MB',
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_parameter_max_length_on_error: '0',
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Line 1 of postmaster.pid is the pid, line 8 the state. */
function isReady(home: PostgresHome, pid: number): boolean {
  const lines = readPidFile(home);
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
}

/**
 * Ends a server that still runs on the data folder and removes the pid file that it, or a power cut, left behind.
 * PostgreSQL itself would take any live process with the noted pid for a server; here its command line decides.
 */
async function endOrphan(home: PostgresHome): Promise<void> {
  const pid = Number(readPidFile(home)[0]);
  if (!Number.isInteger(pid)) return;
  const isServer = isAlive(pid) && commandOf(pid).includes(home.data);
  if (isServer && !(await endProcess(pid, endBy))) {
    throw new Failure(
      `An earlier PostgreSQL (pid ${pid}) still runs here and cannot be stopped by this user.`,
    );
  }
  rmSync(join(home.data, 'postmaster.pid'), { force: true });
}

function readPidFile(home: PostgresHome): string[] {
  const file = join(home.data, 'postmaster.pid');
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}

function giveTo(account: Account | undefined, path: string): void {
  if (account) chownSync(path, account.uid, account.gid);
}
