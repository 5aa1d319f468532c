import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync } from 'node:fs';
import { Socket } from 'node:net';
import { waitUntil } from '#deploy/local/processes.ts';

export interface ServerCommand {
  command: string;
  args: string[];
  /** Receives standard output and error; the log of the run before is kept as `<logFile>.1`. */
  logFile: string;
  env: Record<string, string>;
  /** The account to run under, when this process is root. */
  account: { uid: number; gid: number } | undefined;
  /** Signals that end the server, the mildest first, each with its time in milliseconds. */
  endBy: [NodeJS.Signals, number][];
}

export interface ServerProcess {
  pid: number;
  /** Resolves when the server has ended, for whatever reason. */
  exited: Promise<void>;
  hasExited(): boolean;
  /** End of the log, for messages. */
  logTail(): string;
  stop(): Promise<void>;
}

/**
 * Starts a server in a session of its own, so that Ctrl-C reaches only the runner, which then stops its servers in
 * order. A guard waits on a pipe from this process: should this process be killed, the pipe closes and the guard asks
 * the server to end. Only when the guard is killed as well does a server outlive its runner; the next start finds it.
 */
export async function startServer(server: ServerCommand): Promise<ServerProcess> {
  if (existsSync(server.logFile)) renameSync(server.logFile, `${server.logFile}.1`);
  const log = openSync(server.logFile, 'a', 0o600);
  const child = spawn(server.command, server.args, {
    cwd: '/',
    detached: true,
    env: server.env,
    stdio: ['ignore', log, log],
    uid: server.account?.uid,
    gid: server.account?.gid,
  });
  closeSync(log);
  let ended = false;
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => {
      ended = true;
      resolve();
    });
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${server.command} was started without a pid.`);
  child.unref();
  const endGuard = guard(pid, server.endBy[0]?.[0] ?? 'SIGTERM');
  void exited.then(endGuard);
  return {
    pid,
    exited,
    hasExited: () => ended,
    logTail: () => tail(server.logFile),
    async stop() {
      for (const [signal, timeout] of server.endBy) {
        if (ended) return;
        child.kill(signal);
        if (await waitUntil(() => ended, timeout)) return;
      }
    },
  };
}

/** The guard of a server: built from the shell alone, since nothing else is certain to be on the PATH. */
function guard(pid: number, signal: NodeJS.Signals): () => void {
  const script = `while read -r _; do :; done; kill -${signal.slice(3)} "$1"`;
  const shell = spawn('/bin/sh', ['-c', script, 'guard', String(pid)], {
    cwd: '/',
    detached: true,
    env: {},
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  shell.unref();
  if (shell.stdin instanceof Socket) shell.stdin.unref();
  shell.on('error', () => undefined);
  shell.stdin.on('error', () => undefined);
  return () => {
    shell.kill('SIGKILL');
  };
}

function tail(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').slice(-12).join('\n') : '';
}
