import type { RowProblem } from '../problems/row-problem.ts';

/** The two cells that a report adds to a refused row: what is wrong, and how it is mended, point by point. */
export function problemCells(problems: readonly RowProblem[]): readonly [string, string] {
  return [
    numbered(problems.map((problem) => problem.what)),
    numbered(problems.map((problem) => problem.remedy)),
  ];
}

const numbered = (texts: readonly string[]): string =>
  texts.length === 1 ? (texts[0] ?? '') : texts.map((text, at) => `${at + 1}. ${text}`).join('\n');
