import { alignedLines } from '#deploy/local/table.ts';
import type { MonthFigures, Refusal } from './world/tally.ts';

/** What a year came to. Equal for equal orders, whatever the machine. */
export type Report = {
  /** Pupils in school at the end. */
  students: number;
  months: MonthFigures[];
  /** By rule, code and article. */
  refusals: Refusal[];
  /** Steps that were taken late, or are late at the end, by kind. */
  overdue: Record<string, number>;
  /** What must not be: empty in a sound registry. */
  violations: string[];
};

/** The report for people. */
export const reportText = ({ students, months, refusals, overdue, violations }: Report): string => {
  const acts = new Map<string, number>();
  for (const month of months)
    for (const [kind, count] of Object.entries(month.acts)) acts.set(kind, (acts.get(kind) ?? 0) + count);
  return [
    `${students} pupils in school after ${months.length} months`,
    section(
      'Acts',
      [...acts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, count]) => [kind, String(count)]),
    ),
    section(
      'Refusals',
      refusals.map(({ rule, code, article, count }) => [rule, code, article, String(count)]),
    ),
    section(
      'Late steps',
      Object.entries(overdue).map(([kind, count]) => [kind, String(count)]),
    ),
    section(
      'Violations',
      violations.map((sentence) => [sentence]),
    ),
  ].join('\n\n');
};

const section = (title: string, rows: string[][]): string =>
  rows.length === 0 ? `${title}: none` : `${title}\n${alignedLines(rows).join('\n')}`;
