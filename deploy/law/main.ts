import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isChapterCode } from '#libs/law/catalogue/catalogue.ts';
import { isIsoDate } from '#libs/law/dates.ts';
import { isStage } from '#libs/law/layers.ts';
import { isRuleId } from '#libs/law/rule-id.ts';
import { vendorCalendar } from './calendar.ts';
import { ruleCoverage } from './coverage.ts';
import { coverageTable } from './coverage-table.ts';
import { inForceText, ruleText } from './law-text.ts';

const USAGE = `usage:
  npm run law -- coverage [--json]          where every rule is enforced and tested
  npm run law -- rule <id>                  one rule with its texts and days
  npm run law -- in-force --province <code> [--city <code>] [--county <code>] --on <yyyy-mm-dd>
                          [--chapter <code>] [--stage <stage>]
                                            what binds at a place on a day
  npm run law -- calendar                   vendors the published days off again
`;

/** Runs one command; returns what goes to standard output, or undefined when the arguments make no sense. */
export const run = (argv: readonly string[]): string | undefined => {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      province: { type: 'string' },
      city: { type: 'string' },
      county: { type: 'string' },
      on: { type: 'string' },
      chapter: { type: 'string' },
      stage: { type: 'string' },
    },
  });
  const [command, argument] = positionals;
  switch (command) {
    case 'coverage': {
      const coverage = ruleCoverage(fileURLToPath(new URL('../../', import.meta.url)));
      return values.json ? JSON.stringify(coverage, null, 2) : coverageTable(coverage);
    }
    case 'rule':
      return argument && isRuleId(argument) ? ruleText(argument) : undefined;
    case 'in-force':
      return inForce(values);
    case 'calendar':
      return vendorCalendar();
    default:
      return undefined;
  }
};

type PlaceOptions = {
  province?: string;
  city?: string;
  county?: string;
  on?: string;
  chapter?: string;
  stage?: string;
};

const inForce = ({ province, city, county, on, chapter, stage }: PlaceOptions): string | undefined => {
  const codes = [province, city, county].filter((code) => code !== undefined);
  if (!province || !on || !isIsoDate(on) || !codes.every((code) => /^\d{6}$/.test(code))) return undefined;
  if (chapter !== undefined && !isChapterCode(chapter)) return undefined;
  if (stage !== undefined && !isStage(stage)) return undefined;
  return inForceText({ province, ...(city && { city }), ...(county && { county }) }, on, chapter, stage);
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const said = answer(process.argv.slice(2));
  if (said === undefined) {
    process.stderr.write(USAGE);
    process.exitCode = 2;
  } else {
    process.stdout.write(`${said}\n`);
  }
}

function answer(argv: readonly string[]): string | undefined {
  try {
    return run(argv);
  } catch (error) {
    if (error instanceof TypeError && 'code' in error) return undefined;
    throw error;
  }
}
