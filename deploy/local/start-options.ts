import { parseArgs } from 'node:util';
import { Failure, Help } from '#deploy/local/failure.ts';

/** What `npm start` was asked for. */
export interface StartOptions {
  fresh: boolean;
  scale: number;
  processes: boolean;
  port: number;
}

export const startUsage = [
  'npm start -- [--fresh] [--scale N] [--processes] [--port N]',
  '',
  '  --fresh      remove what earlier starts kept here, and begin anew; never with DATABASE_URL',
  '  --scale N    pupils of the demo nation (20000)',
  '  --processes  one process per service instead of one for all',
  '  --port N     port of the graph (4000)',
].join('\n');

/** Parses the arguments of `npm start`. Throws `Failure` with the usage when they are not understood. */
export function parseStartOptions(args: string[]): StartOptions {
  const options = {
    fresh: { type: 'boolean', default: false },
    scale: { type: 'string', default: '20000' },
    processes: { type: 'boolean', default: false },
    port: { type: 'string', default: '4000' },
    help: { type: 'boolean', short: 'h', default: false },
  } as const;
  let values: ReturnType<typeof parseArgs<{ args: string[]; options: typeof options }>>['values'];
  try {
    values = parseArgs({ args, options }).values;
  } catch (error) {
    throw new Failure((error as Error).message, '', startUsage);
  }
  if (values.help) throw new Help(startUsage);
  return {
    fresh: values.fresh,
    processes: values.processes,
    scale: wholeNumber('--scale', values.scale, 0, 200_000_000),
    port: wholeNumber('--port', values.port, 1, 65_535),
  };
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new Failure(`${name} takes a whole number from ${least} to ${most}, not ${text}.`, '', startUsage);
}
