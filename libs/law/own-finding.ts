import type { Finding, OwnerLevel } from './finding.ts';

/** A finding of the law, or one of this system alone: about what is not there. No rule carries that. */
export type OwnFinding = Omit<Finding, 'ruleId'> & { ruleId: Finding['ruleId'] | null };

/** What a finding of this system alone says. */
export type Said = Pick<Finding, 'code' | 'message' | 'messageEn' | 'path' | 'remedy'> & {
  outcome?: Finding['outcome'];
  ownerLevel?: OwnerLevel;
};

/** A finding of this system alone; rejecting, and for a school to mend, unless told otherwise. */
export const ownFinding = ({ outcome = 'REJECT', ownerLevel = 'SCHOOL', ...said }: Said): OwnFinding => ({
  ...said,
  ruleId: null,
  outcome,
  ownerLevel,
  basis: [],
});

type Judged = readonly Pick<Finding, 'outcome'>[];

/** True where something stands against an operation for good. */
export const isRejected = (findings: Judged): boolean => findings.some(({ outcome }) => outcome === 'REJECT');

/** True where something stands against an operation, be it until somebody lets it through. */
export const isStopped = (findings: Judged): boolean =>
  findings.some(({ outcome }) => outcome === 'REJECT' || outcome === 'HOLD');
