import { parseArgs } from 'node:util';
import type { Bench, BenchOptions } from '#deploy/bench/bench.ts';
import { Failure, Help } from '#deploy/local/failure.ts';

export type BenchCommand = { chosen: Bench[]; json: boolean; options: BenchOptions };

const usageOf = (benches: readonly Bench[]): string =>
  [
    'npm run bench -- NAME … [--json] [--seconds N] [--rows N] [--scale N] [--processes]',
    '',
    ...benches.map(({ name, summary }) => `  ${name.padEnd(12)} ${summary}`),
    `  ${'all'.padEnd(12)} every one, one after the other`,
  ].join('\n');

const options = {
  json: { type: 'boolean', default: false },
  seconds: { type: 'string' },
  rows: { type: 'string' },
  scale: { type: 'string' },
  processes: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Parses the arguments of `npm run bench`. Throws `Failure` with the usage when they are not understood. */
export function parseBenchCommand(args: string[], benches: readonly Bench[]): BenchCommand {
  const usage = usageOf(benches);
  const { values, positionals } = parsed(args, usage);
  if (values.help) throw new Help(usage);
  if (positionals.length === 0) throw new Failure(usage);
  const number = (name: 'seconds' | 'rows' | 'scale'): number | undefined => {
    const text = values[name];
    if (text === undefined) return undefined;
    if (!/^\d+$/.test(text)) throw new Failure(`--${name} takes a whole number, not ${text}.`, '', usage);
    return Number(text);
  };
  const unknown = positionals.filter(
    (name) => name !== 'all' && !benches.some((bench) => bench.name === name),
  );
  if (unknown.length > 0) throw new Failure(`There is no benchmark ${unknown.join(', ')}.`, '', usage);
  return {
    chosen: benches.filter(({ name }) => positionals.includes('all') || positionals.includes(name)),
    json: values.json,
    options: {
      seconds: number('seconds'),
      rows: number('rows'),
      scale: number('scale'),
      processes: values.processes,
    },
  };
}

function parsed(args: string[], usage: string) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new Failure((error as Error).message, '', usage);
  }
}
