import cliProgress from 'cli-progress';
import { runCommand } from '#deploy/local/command.ts';
import { Failure } from '#deploy/local/failure.ts';
import { listenForStop } from '#deploy/local/stop-request.ts';
import { liveYear, type Spent, YEAR_BEGINS, type YearOrder } from './live.ts';
import { parseYearCommand, type YearCommand } from './options.ts';
import { startYearRegistry } from './registry.ts';
import { type Report, reportText } from './report.ts';
import { startYearServers } from './servers.ts';

const say = (line: string): boolean => process.stderr.write(`${line}\n`);

const live = async (command: YearCommand, signal: AbortSignal): Promise<Report> => {
  const servers = await startYearServers();
  try {
    const registry = await startYearRegistry(servers, YEAR_BEGINS);
    try {
      const spent = new Map<string, Spent>();
      const report = await liveYear(registry, {
        ...command,
        signal,
        onProgress: showProgress(),
        onViolation: (sentence) => say(`violated in ${sentence}`),
        onSpent: (what, { took, processor }) => {
          const before = spent.get(what) ?? { took: 0, processor: 0 };
          spent.set(what, { took: before.took + took, processor: before.processor + processor });
        },
      });
      sayWhere(spent);
      return report;
    } finally {
      await registry.stop();
    }
  } finally {
    await servers.stop();
  }
};

/** The dearest first. */
const sayWhere = (spent: ReadonlyMap<string, Spent>): void => {
  const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(1);
  const dearest = [...spent].sort(([, a], [, b]) => b.took - a.took).slice(0, 20);
  const words = dearest.map(
    ([what, { took, processor }]) => `${what} ${seconds(took)} (${seconds(processor)})`,
  );
  say(`seconds, and those of the processor: ${words.join(', ')}`);
};

const titles: Record<string, string> = { stock: 'Pupils taken over', year: 'Days lived' };

/** A bar on a terminal, a line a step elsewhere; always on standard error. */
const showProgress = (): YearOrder['onProgress'] => {
  const { stderr } = process;
  let current: string | undefined;
  let bar: cliProgress.SingleBar | undefined;
  return (step, done, total) => {
    if (step !== current) {
      bar?.stop();
      current = step;
      if (!stderr.isTTY) say(titles[step] ?? step);
      bar = stderr.isTTY
        ? new cliProgress.SingleBar({
            stream: stderr,
            format: `  ${titles[step] ?? step} {bar} {value}/{total}  {duration_formatted}`,
            barCompleteChar: '█',
            barIncompleteChar: '░',
            hideCursor: true,
            gracefulExit: false,
          })
        : undefined;
      bar?.start(total, done);
    }
    bar?.update(done);
    if (done >= total) bar?.stop();
  };
};

const main = async (): Promise<number> => {
  const command = parseYearCommand(process.argv.slice(2));
  const stop = listenForStop(() => process.exit(130));
  try {
    const began = performance.now();
    const report = await live(command, stop.signal);
    say(`lived in ${((performance.now() - began) / 1000).toFixed(1)} s`);
    for (const violation of report.violations) say(`violation: ${violation}`);
    process.stdout.write(`${command.json ? JSON.stringify(report) : reportText(report)}\n`);
    return report.violations.length === 0 ? 0 : 1;
  } catch (error) {
    if (stop.isRequested()) {
      say('stopped; nothing is kept of a year that was not lived to its end');
      return 130;
    }
    if (error instanceof RangeError) throw new Failure(error.message);
    throw error;
  } finally {
    stop.close();
  }
};

await runCommand(main);
