import { type Party, sideOf } from '#libs/law/transfer/parties.ts';
import type { CaseRecord } from './case-record.ts';
import type { CaseFinding } from './own-finding.ts';

/** Whether a finding is for the sending side to let through: its law's alone, where an authority of its own decides. */
const isOfSource = ({ plan }: CaseRecord, { side }: CaseFinding): boolean =>
  side === 'SOURCE' && plan.turns.some(({ parties }) => parties.includes('SOURCE_AUTHORITY'));

/** What an authority lets through only with a written reason, where it gives none: each as what stands against it. */
export const heldFor = (
  party: Party,
  record: CaseRecord,
  findings: readonly CaseFinding[],
  note: string | null,
): CaseFinding[] => {
  if (!party.endsWith('AUTHORITY') || (note ?? '').trim() !== '') return [];
  return findings
    .filter(({ outcome }) => outcome === 'HOLD')
    .filter((finding) => isOfSource(record, finding) === (sideOf(party) === 'SOURCE'))
    .map((finding) => ({ ...finding, outcome: 'REJECT' as const }));
};
