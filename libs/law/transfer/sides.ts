import type { Finding, LawPlace } from '../finding.ts';

/** The two places of a case: each side is judged by its own law (ORG-27). */
export type TransferPlaces = { source: LawPlace; target: LawPlace };

/** Whose law a finding is; BOTH: the two sides' laws say the same. NATION: the hand-over itself, by national law. */
export type FindingSide = 'SOURCE' | 'TARGET' | 'BOTH' | 'NATION';

/** A finding on a case between two places, and whose law it is. */
export type TransferFinding = Finding & { side: FindingSide };

/** A place that no regional text reaches: national law governs what both sides share (ORG-27). */
export const NATION: LawPlace = { province: '000000' };

/** Findings of one side's law. */
export const ofSide = (side: FindingSide, findings: readonly Finding[]): TransferFinding[] =>
  findings.map((finding) => ({ ...finding, side }));

/** What the laws of both sides say, each for itself; what they say alike is told once. */
export const ofBothSides = (source: readonly Finding[], target: readonly Finding[]): TransferFinding[] => {
  const told = new Set(source.map(textOf));
  const shared = new Set(target.map(textOf).filter((text) => told.has(text)));
  return [
    ...source.map((finding) => ({ ...finding, side: shared.has(textOf(finding)) ? BOTH : SOURCE })),
    ...ofSide(
      'TARGET',
      target.filter((finding) => !shared.has(textOf(finding))),
    ),
  ];
};

const BOTH: FindingSide = 'BOTH';
const SOURCE: FindingSide = 'SOURCE';

const textOf = (finding: Finding): string => JSON.stringify(finding);
