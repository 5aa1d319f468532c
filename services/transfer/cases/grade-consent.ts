import type { Party } from '#libs/law/transfer/parties.ts';
import type { CaseFinding } from './own-finding.ts';
import type { Known } from './start-facts.ts';

/** True for what another grade is about (TRF-18). */
export const isOfConsent = ({ ruleId }: CaseFinding): boolean => ruleId === 'TRF-18';

/**
 * Another grade waits for the receiving county once the school has made sure of nine full years: it starts, and its authority
 * consents in its own step or refuses (TRF-18). Without that assurance there is nothing to consent to.
 */
export const awaitingConsent = (
  { request }: Pick<Known, 'request'>,
  findings: readonly CaseFinding[],
): CaseFinding[] =>
  findings.map((finding) =>
    isOfConsent(finding) && request.nineYearsGuaranteed === true
      ? { ...finding, outcome: 'HOLD' as const }
      : finding,
  );

/** True for a consent that the receiving authority gives now. */
export const isConsent = (party: Party, gradeConsent: boolean | null | undefined): boolean =>
  party === 'TARGET_AUTHORITY' && gradeConsent === true;

/** The authority consents expressly, beside its reason: a note alone lets no other grade through. */
export const withoutConsent = (party: Party, findings: readonly CaseFinding[]): CaseFinding[] =>
  party === 'TARGET_AUTHORITY'
    ? findings.filter(isOfConsent).map((finding) => ({ ...finding, outcome: 'REJECT' as const }))
    : [];

/** What still stands against a case after a consent. */
export const afterConsent = (findings: readonly CaseFinding[]): CaseFinding[] =>
  findings.filter((finding) => !isOfConsent(finding));
