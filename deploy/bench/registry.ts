import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Answers, Question } from '#deploy/bench/registry-questions.ts';
import { Failure } from '#deploy/local/failure.ts';
import type { Registry } from '#deploy/local/import/registry.ts';
import { freePort } from '#deploy/local/ports.ts';
import { type Ready, readReady, removeReady } from '#deploy/local/ready.ts';
import { localPaths, makeStateDir } from '#deploy/local/state.ts';

/** A registry of a benchmark: a process of its own on its own folder and ports. */
export type BenchRegistry = {
  ready: Ready;
  /** From the start of the process until the graph answered, seconds. */
  startedIn: number;
  /** The graph in the name of a demo identity. */
  as(identity: string): Registry;
  /** A question that the registry's own process answers. */
  question<Name extends keyof Answers>(
    ask: Name,
    ...about: Parameters<Answers[Name]>
  ): Promise<Awaited<ReturnType<Answers[Name]>>>;
  stop(): Promise<void>;
  /** Ends the process at once (SIGKILL), as a crash would. */
  kill(): Promise<void>;
};

export type RegistryOrder = {
  folder: string;
  fresh: boolean;
  scale: number;
  processes: boolean;
  /** Where a business clock begins that stands until it is moved; the real one by default. */
  startsAt?: string;
};

const program = fileURLToPath(new URL('./registry-process.ts', import.meta.url));
const longestStart = 30 * 60_000;

/** Folder of a benchmark below `.local/bench/`. */
export function benchFolder(name: string): string {
  const folder = join(localPaths().dir, 'bench', name);
  makeStateDir(localPaths().dir);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Starts a registry and waits until its graph answers. Throws `Failure` with the end of its log. */
export async function startRegistry(order: RegistryOrder, signal: AbortSignal): Promise<BenchRegistry> {
  const paths = localPaths(order.folder);
  makeStateDir(paths.dir);
  removeReady(paths.ready);
  const port = await freePort();
  const log = join(order.folder, 'registry.log');
  const began = performance.now();
  const child = launch(order, port, log);
  try {
    const ready = await becomesReady(child, paths.ready, signal);
    await answers(ready.graphUrl);
    return registryOf(child, ready, (performance.now() - began) / 1000);
  } catch (error) {
    await end(child);
    if (signal.aborted) throw error;
    throw new Failure(
      `The registry of the benchmark did not start: ${(error as Error).message}`,
      ...lastLines(log),
      `Its log: ${log}`,
    );
  }
}

const shownOfLog = 12;

function lastLines(log: string): string[] {
  return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-shownOfLog);
}

function launch(
  { folder, fresh, scale, processes, startsAt }: RegistryOrder,
  port: number,
  log: string,
): ChildProcess {
  const out = openSync(log, 'w');
  const { DATABASE_URL: _database, NATS_URL: _nats, ...env } = process.env;
  return spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      program,
      folder,
      ...['--port', String(port), '--scale', String(scale)],
      ...(fresh ? ['--fresh'] : []),
      ...(processes ? ['--processes'] : []),
    ],
    {
      env: startsAt === undefined ? env : { ...env, CLOCK: startsAt },
      stdio: ['ignore', out, out, 'ipc'],
      detached: true,
    },
  );
}

async function becomesReady(child: ChildProcess, file: string, signal: AbortSignal): Promise<Ready> {
  const end = performance.now() + longestStart;
  while (performance.now() < end) {
    const ready = readReady(file);
    if (ready !== undefined) return ready;
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('it ended by itself');
    await delay(20, undefined, { signal });
  }
  throw new Error('it took too long');
}

async function answers(graphUrl: string): Promise<void> {
  const response = await fetch(graphUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ __typename }' }),
  });
  if (!response.ok) throw new Error(`its graph answers ${response.status}`);
  await response.body?.cancel();
}

function registryOf(child: ChildProcess, ready: Ready, startedIn: number): BenchRegistry {
  return {
    ready,
    startedIn,
    as: (name) => {
      const identity = ready.identities.find((candidate) => candidate.name === name);
      if (identity === undefined) throw new Failure(`There is no demo identity ${name}.`);
      return { graphUrl: ready.graphUrl, token: identity.token, school: undefined };
    },
    question: async (ask, ...[about]) => {
      child.send({ ask, about } satisfies Question);
      const [told] = (await once(child, 'message')) as [{ answer?: never; failed?: string }];
      if (told.failed !== undefined)
        throw new Failure(`The registry could not answer ${ask}: ${told.failed}`);
      return told.answer as never;
    },
    stop: () => end(child),
    kill: () => end(child, 'SIGKILL'),
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}
