import { letThroughBy } from '#libs/law/transfer/course.ts';
import type { Party } from '#libs/law/transfer/parties.ts';
import type { CaseRecord } from './case-record.ts';
import { isOfConsent } from './grade-consent.ts';
import type { CaseFinding } from './own-finding.ts';

const partiesOf = ({ turns }: CaseRecord['plan']): Party[] => turns.flatMap(({ parties }) => parties);

/** Who has to let a finding through: the authorities of its side, and another grade the receiving one alone (TRF-18). */
const askedAbout = ({ plan }: Pick<CaseRecord, 'plan'>, finding: CaseFinding): readonly Party[] => {
  if (finding.outcome !== 'HOLD') return [];
  return isOfConsent(finding) ? ['TARGET_AUTHORITY'] : letThroughBy(partiesOf(plan), finding.side);
};

/** Who has yet to let a finding through; nobody where it holds nothing up. */
const lacking = (record: Pick<CaseRecord, 'plan'>, finding: CaseFinding): Party[] =>
  askedAbout(record, finding).filter((party) => !finding.letThrough?.includes(party));

/** What an authority lets through only with a written reason, where it gives none: each as what stands against it. */
export const heldFor = (
  party: Party,
  record: CaseRecord,
  findings: readonly CaseFinding[],
  note: string | null,
): CaseFinding[] =>
  (note ?? '').trim() === ''
    ? findings
        .filter((finding) => lacking(record, finding).includes(party))
        .map((finding) => ({ ...finding, outcome: 'REJECT' as const }))
    : [];

/** The findings after an approval: whatever was for this party to let through, it has. */
export const letThrough = (
  party: Party,
  record: Pick<CaseRecord, 'plan'>,
  findings: readonly CaseFinding[],
): CaseFinding[] =>
  findings.map((finding) =>
    lacking(record, finding).includes(party)
      ? { ...finding, letThrough: [...(finding.letThrough ?? []), party] }
      : finding,
  );

/** Findings as they were judged anew, with who has let the same through before. */
export const keepLetThrough = (
  { findings }: Pick<CaseRecord, 'findings'>,
  judged: readonly CaseFinding[],
): CaseFinding[] =>
  judged.map((finding) => {
    const before = findings.find(
      ({ ruleId, code, side }) => ruleId === finding.ruleId && code === finding.code && side === finding.side,
    );
    return before?.letThrough ? { ...finding, letThrough: before.letThrough } : finding;
  });

/** Those of a case who have yet to let something through, each once. */
export const stillAsked = (record: Pick<CaseRecord, 'plan' | 'findings'>): Party[] => [
  ...new Set(record.findings.flatMap((finding) => lacking(record, finding))),
];

/** What still stands against a case: what refuses it, and what nobody has let through. */
export const standingAgainst = ({ plan, findings }: Pick<CaseRecord, 'plan' | 'findings'>): CaseFinding[] =>
  findings.filter(
    (finding) =>
      finding.outcome === 'REJECT' || (finding.outcome === 'HOLD' && lacking({ plan }, finding).length > 0),
  );
