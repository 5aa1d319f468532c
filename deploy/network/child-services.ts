import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Listening } from '#libs/platform/service/run.ts';
import { environmentOf, type NetworkPlan } from './services.ts';

/** A service in a process of its own, which is started again whenever it ends by itself. */
export interface ChildService {
  name: string;
  /** Stays the same over all its processes. */
  url: string;
  /** Its process at this moment. */
  readonly pid: number;
  stop(): Promise<void>;
}

/** What whoever runs a service hears of it. */
export interface ChildEvents {
  /** A sentence for the person at the terminal. */
  tell(sentence: string): void;
  /** The service runs again, in another process. */
  onReplaced(): void;
  /** Aborted when the start is given up. */
  signal: AbortSignal;
}

const mainOf = (service: string): string =>
  fileURLToPath(new URL(`../../services/${service}/main.ts`, import.meta.url));

const ended = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once('exit', () => resolve()));

const howItEnded = ({ exitCode, signalCode }: ChildProcess): string => signalCode ?? `code ${exitCode}`;

/** What a process of Node needs to know of where it runs, and nothing else of this process. */
const ofThisProcess = (): Record<string, string> => {
  const { PATH = '', NODE_COMPILE_CACHE } = process.env;
  return NODE_COMPILE_CACHE === undefined ? { PATH } : { PATH, NODE_COMPILE_CACHE };
};

/** One process of a service, out of reach of Ctrl-C in the terminal; it ends by itself when this process is gone. */
const launch = (service: string, env: Record<string, string>): ChildProcess =>
  spawn(process.execPath, ['--no-warnings', mainOf(service)], {
    env,
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });

/** The address at which a service listens, once it does. Throws where its process ends before. */
const listening = (service: string, child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    child.once('message', (message) => resolve((message as Listening).listening));
    child.once('exit', () =>
      reject(new Error(`${service} ended with ${howItEnded(child)} while it started`)),
    );
    child.once('error', reject);
  });

/** Milliseconds before the nth start in a row, from 0. */
const growingPause = (nth: number): number => Math.min(30_000, 500 * 2 ** nth);

/** A service that has run this long (milliseconds) begins with the shortest pause again. */
const runsWell = 60_000;

/**
 * Starts one service as a process. Whenever the process ends by itself it is started again at the same address, after
 * a pause that grows with every end in a row, and both are told. Throws where the first start fails.
 */
export const startChild = async (
  plan: NetworkPlan,
  service: string,
  events: ChildEvents,
  pause: (nth: number) => number = growingPause,
): Promise<ChildService> => {
  const env = { ...ofThisProcess(), ...(await environmentOf(plan, service)) };
  const stopping = new AbortController();
  let child = launch(service, env);
  const giveUp = () => child.kill('SIGTERM');
  events.signal.addEventListener('abort', giveUp);
  if (events.signal.aborted) giveUp();
  const url = await listening(service, child).finally(() =>
    events.signal.removeEventListener('abort', giveUp),
  );
  const again = { ...env, PORT: new URL(url).port };

  /** True when the service listens again. */
  const startAgain = async (wait: number): Promise<boolean> => {
    events.tell(
      `${service} (process ${child.pid}) has ended by itself (${howItEnded(child)}); it is started again in ${wait / 1_000} s.`,
    );
    await delay(wait, undefined, { signal: stopping.signal });
    child = launch(service, again);
    const listens = await listening(service, child).then(
      () => true,
      () => false,
    );
    if (listens) events.tell(`${service} runs again (process ${child.pid}).`);
    if (listens) events.onReplaced();
    return listens;
  };

  const watch = async (): Promise<void> => {
    for (let nth = 0; ; ) {
      const since = performance.now();
      await ended(child);
      if (performance.now() - since > runsWell) nth = 0;
      while (!stopping.signal.aborted && !(await startAgain(pause(nth++))));
      if (stopping.signal.aborted) return;
    }
  };
  const watching = watch().catch((error: unknown) => {
    if (!stopping.signal.aborted) throw error;
  });

  return {
    name: service,
    url,
    get pid() {
      return child.pid ?? 0;
    },
    stop: async () => {
      stopping.abort();
      child.kill('SIGTERM');
      await watching;
      await ended(child);
    },
  };
};
