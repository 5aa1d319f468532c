import type { CaseRecord } from './case-record.ts';
import type { CaseFinding } from './own-finding.ts';

/**
 * What the authorities of the receiving side state with their approvals, which are not given without: the registry authority
 * that the schools are of comparable level (TRF-11), each of a private school that it has weighed the case (TRF-25).
 */
export type Stated = { levelComparable: boolean; privateSchoolReviewed: boolean };

export const nothingStated: Stated = { levelComparable: false, privateSchoolReviewed: false };

const OF_TARGET: ReadonlySet<string> = new Set(['TARGET_AUTHORITY', 'TARGET_COMPETENT_AUTHORITY']);

/** What has been stated about a case by now. */
export const statedOf = ({ plan, steps }: Pick<CaseRecord, 'plan' | 'steps'>): Stated => {
  const approved = new Set(steps.filter(({ decision }) => decision === 'APPROVE').map(({ party }) => party));
  const asked = plan.turns.flatMap(({ parties }) => parties).filter((party) => OF_TARGET.has(party));
  return {
    levelComparable: approved.has('TARGET_AUTHORITY'),
    privateSchoolReviewed: asked.every((party) => approved.has(party)),
  };
};

const isOfLevel = ({ ruleId, outcome }: CaseFinding): boolean => ruleId === 'TRF-11' && outcome === 'HOLD';
const isOfReview = ({ ruleId }: CaseFinding): boolean => ruleId === 'TRF-25';

/** Findings that a statement removes and no note lets through. */
export const withoutStatements = (findings: readonly CaseFinding[]): CaseFinding[] =>
  findings.filter((finding) => !isOfLevel(finding) && !isOfReview(finding));

/** What still stands after what has been stated. */
export const afterStatements = (
  findings: readonly CaseFinding[],
  { levelComparable, privateSchoolReviewed }: Stated,
): CaseFinding[] =>
  findings.filter(
    (finding) => !(levelComparable && isOfLevel(finding)) && !(privateSchoolReviewed && isOfReview(finding)),
  );
