import type { RowProblem } from '../problems/row-problem.ts';

/** What is told about a refused row: why it is refused, and what else is worth a look. */
export type RowTold = { readonly problems: readonly RowProblem[]; readonly warnings: readonly RowProblem[] };

/** The three cells that a report adds to a row: what is wrong, how it is mended, and what is doubtful, point by point. */
export function toldCells({ problems, warnings }: RowTold): readonly [string, string, string] {
  return [
    numbered(problems.map((problem) => problem.what)),
    numbered(problems.map((problem) => problem.remedy)),
    numbered(warnings.map((warning) => warning.message)),
  ];
}

const numbered = (texts: readonly string[]): string =>
  texts.length <= 1 ? (texts[0] ?? '') : texts.map((text, at) => `${at + 1}. ${text}`).join('\n');
