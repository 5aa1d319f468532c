import type { Finding } from '#libs/law/finding.ts';
import type { RowProblem } from '../import/problems/row-problem.ts';

/** A row of a workbook and what is wrong with it; none: it went through. */
export type RowVerdict = { row: number; problems: readonly RowProblem[] };

/** A finding of the law as a problem of a row, so that the clerk reads both alike. */
export const problemOf = (finding: Finding): RowProblem => ({
  item: null,
  path: finding.path ?? [],
  ruleId: finding.ruleId,
  code: finding.code as RowProblem['code'],
  what: finding.message,
  remedy: finding.remedy ?? '',
  message: `${finding.message}${finding.remedy ?? ''}`,
  messageEn: finding.messageEn,
});
