import { parseArgs } from 'node:util';
import { Failure, Help } from '#deploy/local/failure.ts';
import { monthsOfYear } from './days.ts';

export type YearCommand = { province: string; students: number; seed: number; months: number; json: boolean };

const wholeYear = monthsOfYear().length;
const FEWEST_STUDENTS = 150;
const MOST_STUDENTS = 200_000;

export const yearUsage = [
  'npm run year -- [--province 14] [--students 20000] [--seed 7] [--months N] [--json]',
  '',
  '  --province N  two digits of a province (14, Shanxi); from 1,000 pupils on Henan is lived in beside it',
  `  --students N  pupils at the start, ${FEWEST_STUDENTS} to ${MOST_STUDENTS} (20000)`,
  '  --seed N      the draw: equal orders live equal years (7)',
  `  --months N    only so many months from September 2025 on (${wholeYear})`,
  '  --json        the report as one line of JSON, and nothing else, on standard output',
  '',
  'Lives a school year of made-up provinces on simulated time, from September 2025 through September 2026, through',
  'the public graph alone, on data of its own in .local/year. Ends with 1 where something came about that must not be.',
].join('\n');

/** Parses the arguments of `npm run year`. Throws `Failure` with the usage when they are not understood. */
export const parseYearCommand = (args: string[]): YearCommand => {
  const options = {
    province: { type: 'string', default: '14' },
    students: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '7' },
    months: { type: 'string', default: String(wholeYear) },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  } as const;
  let values: ReturnType<typeof parseArgs<{ args: string[]; options: typeof options }>>['values'];
  try {
    values = parseArgs({ args, options }).values;
  } catch (error) {
    throw new Failure((error as Error).message, '', yearUsage);
  }
  if (values.help) throw new Help(yearUsage);
  if (!/^\d{2}$/.test(values.province))
    throw new Failure(`--province takes two digits, not ${values.province}.`, '', yearUsage);
  return {
    province: values.province,
    students: whole('--students', values.students, FEWEST_STUDENTS, MOST_STUDENTS),
    seed: whole('--seed', values.seed, 0, 2 ** 31),
    months: whole('--months', values.months, 1, wholeYear),
    json: values.json,
  };
};

const whole = (name: string, text: string, least: number, most: number): number => {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new Failure(`${name} takes a whole number from ${least} to ${most}, not ${text}.`, '', yearUsage);
};
