import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Order, Report, Settings } from './messages.ts';

/** Milliseconds that a worker may take before it listens, and for one suite. */
export type Limits = { start: number; suite: number };

/** A suite that has no result: its worker said nothing in time, ended, or could not load it. */
export class NoResult extends Error {}

const main = fileURLToPath(new URL('./worker.ts', import.meta.url));

/** A suite makes much that lives for a moment only: with room for it (megabytes), less is moved about. */
const ROOMY = '--max-semi-space-size=64';

/** Each run loads a suite under another name: what Node made of it would be kept in vain. */
const notKept = { NODE_COMPILE_CACHE: undefined };

/** Milliseconds that a worker may take to end. */
const ENDING = 10_000;

/** A process that runs suites one after another. */
export class WorkerProcess {
  readonly #child: ChildProcess;
  readonly #limits: Limits;

  private constructor(child: ChildProcess, limits: Limits) {
    this.#child = child;
    this.#limits = limits;
  }

  /** Starts one and waits until it listens: an order sent before could be lost. Throws `NoResult`. */
  static async start(
    number: number,
    settings: Settings,
    limits: Limits,
    file = main,
  ): Promise<WorkerProcess> {
    const env = { ...process.env, JEST_WORKER_ID: String(number), ...notKept };
    const worker = new WorkerProcess(
      fork(file, [], {
        env,
        execArgv: [...process.execArgv, ROOMY],
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      }),
      limits,
    );
    await worker.#answer(limits.start);
    worker.#order({ settings });
    return worker;
  }

  /** The result of a suite as Jest takes it. Throws `NoResult`, after which the worker is gone. */
  async run(path: string): Promise<unknown> {
    this.#order({ path });
    const report = await this.#answer(this.#limits.suite);
    if ('error' in report)
      throw Object.assign(new Error(report.error.message), { stack: report.error.stack });
    return 'result' in report ? report.result : undefined;
  }

  get isGone(): boolean {
    return !this.#child.connected;
  }

  /** It ends by itself when nobody is there to give orders, or is ended where it does not in time. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    const late = setTimeout(() => child.kill('SIGKILL'), ENDING);
    if (child.connected) child.disconnect();
    await exited;
    clearTimeout(late);
  }

  #order(order: Order): void {
    this.#child.send(order, () => undefined);
  }

  #answer(limit: number): Promise<Report> {
    const child = this.#child;
    const { promise, resolve, reject } = Promise.withResolvers<Report>();
    const end = (why: string) => {
      child.kill('SIGKILL');
      if (child.connected) child.disconnect();
      reject(new NoResult(`The worker (process ${child.pid}) ${why}`));
    };
    const late = setTimeout(() => end(`said nothing for ${limit / 1_000} s and was ended`), limit);
    const onExit = (code: number | null, signal: string | null) => end(`ended by itself (${signal ?? code})`);
    const onError = (error: Error) => end(`failed: ${error.message}`);
    child.once('message', resolve).once('exit', onExit).once('error', onError);
    return promise.finally(() => {
      clearTimeout(late);
      child.off('message', resolve).off('exit', onExit).off('error', onError);
    });
  }
}
