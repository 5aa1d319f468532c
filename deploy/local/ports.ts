import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { allPids, describeProcess } from '#deploy/local/processes.ts';

/** A TCP port of the loopback interface that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const port = await listenOnce(0, '127.0.0.1');
  if (typeof port === 'string') throw new Error('No free port on 127.0.0.1.');
  return port;
}

/** What keeps a server from a port: somebody listens on it, or this user may not. */
export type Obstacle = 'TAKEN' | 'FORBIDDEN';

/** The obstacle to listening on this port, on the loopback interface and on all interfaces; `undefined` when free. */
export async function obstacleAt(port: number, listen = listenOnce): Promise<Obstacle | undefined> {
  for (const host of ['127.0.0.1', '::']) {
    const result = await listen(port, host);
    if (typeof result === 'string') return result;
  }
  return undefined;
}

/** What a failure to listen means; an interface that the machine does not have is no obstacle. */
export function obstacleOf(code: string | undefined): Obstacle | undefined {
  if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') return undefined;
  return code === 'EACCES' || code === 'EPERM' ? 'FORBIDDEN' : 'TAKEN';
}

/** Whether a server could listen on this port. */
export async function isPortFree(port: number): Promise<boolean> {
  return (await obstacleAt(port)) === undefined;
}

/** The port remembered in the file while it is free, else another free one, which is then remembered. */
export async function keptPort(file: string): Promise<number> {
  const kept = readPort(file);
  if (kept && (await isPortFree(kept))) return kept;
  const port = await freePort();
  writeFileSync(file, String(port), { mode: 0o600 });
  return port;
}

/** Who listens on the port, as far as this user may know: `nginx (pid 812)`. */
export function holderOfPort(port: number): string | undefined {
  const pid = process.platform === 'linux' ? listenerOnLinux(port) : listenerByLsof(port);
  return pid ? describeProcess(pid) : undefined;
}

/** Sentence about a busy port, with its holder where it can be told. */
export function busyPort(port: number): string {
  const holder = holderOfPort(port);
  return `Port ${port} is taken ${holder ? `by ${holder}` : 'by a process of another user'}.`;
}

/** Sentence about a port that only an administrator may listen on. */
export function forbiddenPort(port: number): string {
  return `Port ${port} may not be listened on by this user: the system keeps low ports for administrators.`;
}

function readPort(file: string): number | undefined {
  try {
    const port = Number(readFileSync(file, 'utf8'));
    return Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined;
  } catch {
    return undefined;
  }
}

/** Listens for a moment; the port that it got, or what was in the way. */
function listenOnce(port: number, host: string): Promise<number | Obstacle> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      resolve(obstacleOf(error.code) ?? port);
    });
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      const got = typeof address === 'object' && address ? address.port : port;
      server.close(() => resolve(got));
    });
  });
}

/** Local address, state and inode are columns 1, 3 and 9 of /proc/net/tcp; state 0A is LISTEN. */
function listenerOnLinux(port: number): number | undefined {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  const inodes = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of readLines(table)) {
      const columns = line.trim().split(/\s+/);
      if (columns[1]?.endsWith(`:${wanted}`) && columns[3] === '0A' && columns[9]) inodes.add(columns[9]);
    }
  }
  return allPids().find((pid) => socketsOf(pid).some((inode) => inodes.has(inode)));
}

function socketsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}

function listenerByLsof(port: number): number | undefined {
  try {
    const args = ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-t'];
    const output = execFileSync('lsof', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return Number(output.split('\n')[0]) || undefined;
  } catch {
    return undefined;
  }
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}
