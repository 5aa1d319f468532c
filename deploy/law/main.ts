import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runCommand } from '#deploy/local/command.ts';
import { Failure, Help } from '#deploy/local/failure.ts';
import { CHAPTERS, isChapterCode } from '#libs/law/catalogue/catalogue.ts';
import { isIsoDate } from '#libs/law/dates.ts';
import { isStage } from '#libs/law/layers.ts';
import { isRuleId, type RuleId } from '#libs/law/rule-id.ts';
import { vendorCalendar } from './calendar.ts';
import { ruleCoverage } from './coverage.ts';
import { coverageTable } from './coverage-table.ts';
import { inForceText, ruleText } from './law-text.ts';
import { lawPlaceOf } from './place.ts';

const USAGE = `usage:
  npm run law -- coverage [--json]          where every rule is enforced and tested
  npm run law -- rule <id>                  one rule with its texts and days
  npm run law -- in-force --province <code> [--city <code>] [--county <code>] --on <yyyy-mm-dd>
                          [--chapter <code>] [--stage <stage>]
                                            what binds at a place on a day
  npm run law -- calendar                   vendors the published days off again`;

const options = {
  json: { type: 'boolean', default: false },
  province: { type: 'string' },
  city: { type: 'string' },
  county: { type: 'string' },
  on: { type: 'string' },
  chapter: { type: 'string' },
  stage: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

/** Runs one command; returns what goes to standard output. Throws `Failure` that names what is wrong with it. */
export const run = (argv: readonly string[]): string => {
  const { values, positionals } = parsed(argv);
  if (values.help) throw new Help(USAGE);
  const [command, ...others] = positionals;
  const [id, ...surplus] = command === 'rule' ? others : [undefined, ...others];
  if (surplus.length > 0) throw wrong(`What is meant by ${surplus.join(' ')}?`);
  switch (command) {
    case 'coverage': {
      const coverage = ruleCoverage(fileURLToPath(new URL('../../', import.meta.url)));
      return values.json ? JSON.stringify(coverage, null, 2) : coverageTable(coverage);
    }
    case 'rule':
      return ruleText(ruleOf(id));
    case 'in-force':
      return inForce(values);
    case 'calendar':
      return vendorCalendar();
    default:
      throw wrong(command === undefined ? 'Which command?' : `There is no command ${command}.`);
  }
};

const parsed = (argv: readonly string[]): { values: Values; positionals: string[] } => {
  try {
    return parseArgs({ args: [...argv], allowPositionals: true, options });
  } catch (error) {
    throw wrong((error as Error).message);
  }
};

const ruleOf = (id: string | undefined): RuleId => {
  if (id === undefined) throw wrong('Which rule? It takes an id, such as ENR-03.');
  const upper = id.toUpperCase();
  if (!isRuleId(upper))
    throw new Failure(`There is no rule ${id}. npm run law -- coverage lists all of them.`);
  return upper;
};

const inForce = ({ province, city, county, on, chapter, stage }: Values): string => {
  if (on === undefined) throw wrong('When? --on takes a day, such as 2026-03-01.');
  if (!isIsoDate(on)) throw new Failure(`--on ${on} is no day: it takes one as 2026-03-01.`);
  if (chapter !== undefined && !isChapterCode(chapter)) {
    throw new Failure(`--chapter ${chapter}: the chapters are ${Object.keys(CHAPTERS).join(', ')}.`);
  }
  if (stage !== undefined && !isStage(stage)) {
    throw new Failure(`--stage ${stage}: the stages are PRESCHOOL, PRIMARY, JUNIOR, SENIOR.`);
  }
  return inForceText(lawPlaceOf({ province, city, county }), on, chapter, stage);
};

const wrong = (what: string): Failure => new Failure(what, '', USAGE);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await runCommand(() => {
    process.stdout.write(`${run(process.argv.slice(2))}\n`);
    return 0;
  });
}
