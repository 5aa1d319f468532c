/**
 * The whole registry as one process with a data folder of its own, for a benchmark that started it:
 *
 *     node deploy/bench/registry-process.ts <folder> [arguments of npm start]
 *
 * CLOCK begins a business clock that stands until it is moved. Questions of the benchmark come as messages
 * (`registry-questions.ts`) and are answered one after another.
 */
import { answersOf, type Question } from '#deploy/bench/registry-questions.ts';
import type { NetworkOptions, StartNetwork } from '#deploy/local/network-contract.ts';
import { runUntilStopped } from '#deploy/local/run.ts';
import { parseStartOptions } from '#deploy/local/start-options.ts';
import { localPaths } from '#deploy/local/state.ts';
import { anyRate } from '#deploy/network/front.ts';
import type { RunningService } from '#libs/platform/service/start.ts';

const [folder, ...args] = process.argv.slice(2);
if (folder === undefined) throw new Error('a folder is needed');
let running: readonly RunningService[] = [];

const loadNetwork = async (): Promise<StartNetwork> => {
  const { startNetwork } = await import('#deploy/local/network.ts');
  return (options: NetworkOptions) =>
    startNetwork({
      ...options,
      startsAt: process.env.CLOCK,
      // What is measured is the way to the figures, not a copy of them.
      gateway: { ...anyRate, RESPONSE_CACHE: 'off' },
      onServices: (services) => {
        running = services;
      },
    });
};

let turn: Promise<void> = Promise.resolve();
process.on('message', ({ ask, about }: Question) => {
  const answer = async (): Promise<void> => {
    try {
      const answers = answersOf(running) as Record<string, (about: unknown) => Promise<unknown>>;
      process.send?.({ answer: await answers[ask]?.(about) });
    } catch (error) {
      process.send?.({ failed: (error as Error).message });
    }
  };
  turn = turn.then(answer);
});
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.exit(await runUntilStopped(parseStartOptions(args), loadNetwork, localPaths(folder)));
