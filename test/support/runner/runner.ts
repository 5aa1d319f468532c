import { localPaths } from '#deploy/local/state.ts';
import type { Settings, Suite } from './messages.ts';
import { type Limits, WorkerProcess } from './worker-process.ts';

type GlobalConfig = { maxWorkers: number };
type Watcher = { isInterrupted(): boolean };
type OnStart = (suite: Suite) => Promise<void>;
type OnResult = (suite: Suite, result: unknown) => Promise<void>;
type OnFailure = (suite: Suite, error: unknown) => Promise<void>;

/** A suite that takes longer has hung: each test in it has a limit of its own, far below. */
const LIMITS: Limits =
  process.env.TEST_SIZE === 'long'
    ? { start: 120_000, suite: 7_200_000 }
    : { start: 120_000, suite: 300_000 };

/** Suites that take long by what they prove, for a machine that remembers no former run. */
const isLong = ({ path }: Suite): boolean => /\/test\/journeys\/|\.run\.test\.ts$/.test(path);

/** What takes longest begins first, so that no worker is left alone with it at the end. */
export const inOrder = (suites: readonly Suite[]): Suite[] =>
  suites.some(({ duration }) => duration !== undefined)
    ? [...suites]
    : [...suites.filter(isLong), ...suites.filter((suite) => !isLong(suite))];

/**
 * Runs suites as jest-light-runner does (on plain Node, modules loaded once for all suites of a process), each worker
 * with its own settings and watched: one that says nothing any more is ended and replaced, and its suite has failed.
 * (The pool of jest-light-runner sends the settings of all workers when the first one asks; a worker that does not
 * listen yet misses them, and waits for ever.)
 */
export default class Runner {
  readonly #config: GlobalConfig;

  constructor(config: GlobalConfig) {
    this.#config = config;
  }

  async runTests(
    suites: readonly Suite[],
    watcher: Watcher,
    onStart: OnStart,
    onResult: OnResult,
    onFailure: OnFailure,
  ): Promise<void> {
    const waiting = inOrder(suites);
    const next = () => (watcher.isInterrupted() ? undefined : waiting.shift());
    const serve = async (number: number): Promise<void> => {
      let worker: WorkerProcess | undefined;
      for (let suite = next(); suite !== undefined; suite = next()) {
        await onStart(suite);
        try {
          if (worker === undefined || worker.isGone)
            worker = await WorkerProcess.start(number, this.#settingsOf(suite), LIMITS);
          await onResult(suite, await worker.run(suite.path));
        } catch (error) {
          await onFailure(suite, error);
        }
      }
      await worker?.stop();
    };
    const workers = Math.min(this.#config.maxWorkers, suites.length);
    await Promise.all(Array.from({ length: workers }, (_, index) => serve(index + 1)));
  }

  #settingsOf({ context: { config } }: Suite): Settings {
    const { compiled } = localPaths();
    return { globalConfig: this.#config, projectConfig: config, runtime: 'child_process', compiled };
  }
}
