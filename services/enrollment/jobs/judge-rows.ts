import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import type { Promotion } from '#libs/platform/directory/directory.ts';
import type { RegionLookup } from '../import/form-f1/parse-context.ts';
import { judgeRow } from '../import/judge-row.ts';
import type { RowProblem } from '../import/problems/row-problem.ts';
import type { RawRow } from '../import/reading/table.ts';
import type { FileFacts } from '../import/survey.ts';
import { collectedFromRow } from '../registration/collected-form.ts';
import { type HandedIn, type IntakeFacts, judgeIntake } from '../registration/intake.ts';
import { problemOf } from './row-verdict.ts';

/** What every row of one job is judged with. */
export type JobContext = {
  school: SchoolFact;
  entryYear: number;
  now: string;
  today: string;
  promotions: readonly Promotion[];
  regions: RegionLookup;
  file: FileFacts;
};

/** A row after schema and law: ready to be registered, or with every problem it has. */
export type JudgedRow =
  | { row: number; ok: true; handed: HandedIn; facts: IntakeFacts }
  | { row: number; ok: false; problems: readonly RowProblem[] };

const yearsOf = (school: SchoolFact): { first: number; last: number } => ({
  first: Math.min(...school.stages.map((span) => span.firstYear)),
  last: Math.max(...school.stages.map((span) => span.lastYear)),
});

/** Judges one row of the workbook by the form and by the law. */
export const judgeJobRow = (raw: RawRow, context: JobContext): JudgedRow => {
  const { school, entryYear, file, regions, today } = context;
  const parsed = judgeRow(raw, {
    on: today,
    regions,
    entryYear,
    file,
    school: { code: school.code, years: yearsOf(school) },
  });
  if (!parsed.ok) return { row: raw.number, ok: false, problems: parsed.problems };
  const form = collectedFromRow(parsed.registration);
  const handed: HandedIn = {
    form,
    school,
    channel: form.overseasCategory === 'NONE' ? 'PRIMARY_GRADE_ONE' : 'OVERSEAS',
    entryYear,
    now: context.now,
    today,
    promotions: context.promotions,
  };
  const { facts, findings } = judgeIntake(handed);
  if (facts !== null) return { row: raw.number, ok: true, handed, facts };
  const refusals = findings.filter(({ outcome }) => outcome === 'REJECT');
  return { row: raw.number, ok: false, problems: refusals.map(problemOf) };
};
