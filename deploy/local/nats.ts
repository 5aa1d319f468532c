import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect as connectNats } from '@nats-io/transport-node';
import { serverAddress, whyNot } from '#deploy/local/addresses.ts';
import { Failure } from '#deploy/local/failure.ts';
import { findNatsServer } from '#deploy/local/nats-binary.ts';
import { freePort, keptPort } from '#deploy/local/ports.ts';
import { endProcess, findByCommand, waitUntil } from '#deploy/local/processes.ts';
import { type ServerProcess, startServer } from '#deploy/local/server-process.ts';
import { makeStateDir } from '#deploy/local/state.ts';

export interface NatsOptions {
  /** Folder of the streams and of the server's settings; made when missing. */
  storeDir: string;
  /** Folder for the server's log. */
  runDir: string;
  /** A server to use in place of an own one; by default what NATS_URL says. */
  external?: string;
  /** Called before the package of nats-server is fetched. */
  onFetch?(): void;
}

export interface Nats {
  /** Address without user and password. */
  url: string;
  user: string;
  password: string;
  /** `undefined` for a server that was not started here. */
  pid: number | undefined;
  /** Resolves when the server has ended; never for an external one. */
  exited: Promise<void>;
  stop(): Promise<void>;
}

const user = 'registry';
const endBy: [NodeJS.Signals, number][] = [
  ['SIGTERM', 10_000],
  ['SIGKILL', 5_000],
];
const startTimeout = 30_000;

/**
 * Starts a nats-server with JetStream on the loopback interface, or takes the external one. A server that a killed
 * runner left behind is stopped first: two servers on one store would destroy it.
 * Throws `Failure` when the person at the terminal has to do something.
 */
export async function startNats(options: NatsOptions): Promise<Nats> {
  const external = 'external' in options ? options.external : process.env.NATS_URL;
  if (external) return externalNats(external);
  const command = await findNatsServer(options.onFetch ?? (() => undefined));
  makeStateDir(options.runDir);
  makeStateDir(options.storeDir);
  const config = configFile(options.storeDir);
  await endOrphans(config);
  const password = keptPassword(join(options.storeDir, 'password'));
  const { server, port } = await launch(command, config, password, options);
  return {
    url: `nats://127.0.0.1:${port}`,
    user,
    password,
    pid: server.pid,
    exited: server.exited,
    stop: server.stop,
  };
}

/** Stops what may run on the store and removes it. */
export async function removeNats(storeDir: string): Promise<void> {
  await endOrphans(configFile(storeDir));
  rmSync(storeDir, { recursive: true, force: true });
}

/** User and password come with the address, or from NATS_USER and NATS_PASSWORD. Throws `Failure` without JetStream. */
async function externalNats(address: string): Promise<Nats> {
  const url = serverAddress('nats', 'NATS_URL', address);
  const nats = {
    url: `${url.protocol}//${url.host}`,
    user: decodeURIComponent(url.username) || (process.env.NATS_USER ?? ''),
    password: decodeURIComponent(url.password) || (process.env.NATS_PASSWORD ?? ''),
    pid: undefined,
    exited: new Promise<void>(() => undefined),
    stop: async () => undefined,
  };
  await requireJetStream(nats);
  return nats;
}

const patience = 5_000;

/** Connects once to a server that was not started here, as the services will. Throws `Failure` that says why it cannot. */
async function requireJetStream({
  url,
  user,
  password,
}: Pick<Nats, 'url' | 'user' | 'password'>): Promise<void> {
  const login = user === '' ? {} : { user, pass: password };
  try {
    const connection = await connectNats({ servers: url, reconnect: false, timeout: patience, ...login });
    try {
      await jetstreamManager(connection, { timeout: patience });
    } finally {
      await connection.close();
    }
  } catch (error) {
    throw new Failure(`No connection to NATS JetStream at ${new URL(url).host}: ${whyNot(error)}`);
  }
}

async function launch(
  command: string,
  config: string,
  password: string,
  options: NatsOptions,
): Promise<{ server: ServerProcess; port: number }> {
  const end = performance.now() + startTimeout;
  const portFile = join(options.storeDir, 'port');
  let port = await keptPort(portFile);
  for (;;) {
    writeFileSync(config, settings(port, options.storeDir, password), { mode: 0o600 });
    const server = await startServer({
      command,
      args: ['-c', config],
      logFile: join(options.runDir, 'nats.log'),
      env: { PATH: '/usr/bin:/bin', TZ: 'UTC' },
      account: undefined,
      endBy,
    });
    const ready = await waitUntil(
      async () => server.hasExited() || (await offersJetStream(port)),
      end - performance.now(),
    );
    if (ready && !server.hasExited()) return { server, port };
    await server.stop();
    const log = server.logTail();
    if (performance.now() > end || !/address already in use/i.test(log)) {
      throw new Failure('nats-server did not start. The end of its log:', log);
    }
    port = await freePort();
    writeFileSync(portFile, String(port), { mode: 0o600 });
  }
}

/** JSON strings are valid strings of this format. Known to nats-server 2.9 and later. */
function settings(port: number, storeDir: string, password: string): string {
  return [
    `listen: "127.0.0.1:${port}"`,
    'server_name: "local"',
    `jetstream { store_dir: ${JSON.stringify(join(storeDir, 'store'))}, max_memory_store: 256MB, max_file_store: 64GB }`,
    // A machine with much to do may need longer for a client's first word than the two seconds that are usual.
    `authorization { user: "${user}", password: "${password}", timeout: 30 }`,
    '',
  ].join('\n');
}

/** The server greets with a line `INFO {…}`, which says whether JetStream has been recovered and is on. */
function offersJetStream(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    let greeting = '';
    const socket = connect({ port, host: '127.0.0.1' });
    const finish = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1_000, () => finish(false));
    socket.on('error', () => finish(false));
    socket.on('end', () => finish(false));
    socket.on('data', (chunk) => {
      greeting += String(chunk);
      if (greeting.includes('\r\n')) finish(/^INFO .*"jetstream":\s*true/.test(greeting));
    });
  });
}

const configFile = (storeDir: string): string => join(storeDir, 'nats.conf');

async function endOrphans(config: string): Promise<void> {
  for (const pid of findByCommand(`-c ${config}`)) {
    if (!(await endProcess(pid, endBy))) {
      throw new Failure(
        `An earlier nats-server (pid ${pid}) still runs here and cannot be stopped by this user.`,
      );
    }
  }
}

function keptPassword(file: string): string {
  if (existsSync(file)) return readFileSync(file, 'utf8');
  const password = randomBytes(24).toString('hex');
  writeFileSync(file, password, { mode: 0o600 });
  return password;
}
