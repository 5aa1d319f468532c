import { ALL_ITEMS } from '../import/form-f1/items.ts';
import type { RowProblem } from '../import/problems/row-problem.ts';
import { type FormFinding, itemKeyOf } from '../registration/form-findings.ts';

/**
 * What became of a row: NEW, a pupil registered by it (or, in a dry run, to be registered); ALREADY, registered before
 * by the same content, so that nothing changes; REFUSED with its problems.
 */
export type RowResult = 'NEW' | 'ALREADY' | 'REFUSED';

/** A row of a workbook, what became of it, why, and what is doubtful about it. */
export type RowVerdict = {
  row: number;
  result: RowResult;
  problems: readonly RowProblem[];
  warnings: readonly RowProblem[];
  /** The registration that was tried for it; absent where none was. */
  intake?: string;
};

const NUMBERS: ReadonlyMap<string, number | null> = new Map(
  ALL_ITEMS.map(({ key, number }) => [key, number]),
);

/** A finding of the law as a problem of a row, with the item that it speaks of, so that the clerk reads both alike. */
export const problemOf = (finding: FormFinding): RowProblem => {
  const item = NUMBERS.get(itemKeyOf(finding) ?? '') ?? null;
  const isNamed = item === null || finding.message.includes(`第${item}项`);
  const what = isNamed ? finding.message : `第${item}项：${finding.message}`;
  const remedy = finding.remedy ?? '';
  return {
    item,
    path: finding.path ?? [],
    ruleId: finding.ruleId,
    outcome: finding.outcome,
    code: finding.code,
    what,
    remedy,
    message: `${what}${remedy}`,
    messageEn: finding.messageEn,
  };
};
