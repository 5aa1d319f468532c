import { availableParallelism, cpus, loadavg } from 'node:os';
import type { Measure } from '#deploy/bench/bench.ts';
import { benches } from '#deploy/bench/benches.ts';
import { type BenchCommand, parseBenchCommand } from '#deploy/bench/options.ts';
import { runCommand } from '#deploy/local/command.ts';
import { listenForStop } from '#deploy/local/stop-request.ts';
import { alignedLines } from '#deploy/local/table.ts';

/** Exit code where every benchmark ran and an aim was missed; a program that reads the measures (--json) judges them itself. */
const missed = 2;

const say = (line: string): boolean => process.stderr.write(`${line}\n`);

async function runAll({ chosen, options, json }: BenchCommand): Promise<number> {
  const stop = listenForStop(() => process.exit(130));
  const measures: Measure[] = [];
  say(
    `${availableParallelism()} cores, ${cpus()[0]?.model.trim() ?? 'unknown processor'}, node ${process.version}`,
  );
  say(`load of the machine before: ${(loadavg()[0] ?? 0).toFixed(1)}`);
  try {
    for (const bench of chosen) {
      say(`\n${bench.name}: ${bench.summary}`);
      measures.push(...(await bench.run({ options, say, signal: stop.signal })));
    }
  } catch (error) {
    if (stop.isRequested()) return 130;
    throw error;
  } finally {
    stop.close();
  }
  process.stdout.write(json ? `${JSON.stringify(measures, null, 2)}\n` : `\n${tableOf(measures)}\n`);
  return json || measures.every(({ holds }) => holds) ? 0 : missed;
}

const tableOf = (measures: readonly Measure[]): string =>
  alignedLines(
    measures.map(({ name, value, unit, aim, holds }) => [holds ? '✓' : '✗', name, String(value), unit, aim]),
  ).join('\n');

await runCommand(() => runAll(parseBenchCommand(process.argv.slice(2), benches)));
