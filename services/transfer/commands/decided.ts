import { AuthorityDecided, SourceSchoolDecided } from '#libs/contracts/events/transfer.ts';
import { openSteps } from '#libs/law/transfer/course.ts';
import type { Party } from '#libs/law/transfer/parties.ts';
import type { CaseRecord, KeptStep } from '../cases/case-record.ts';
import { caseFacts, type Told } from '../cases/save-case.ts';

/** The open step of a party with what was decided of it, everything else as it was. */
export const withDecision = (
  record: CaseRecord,
  party: Party,
  decided: Pick<KeptStep, 'decidedBy' | 'decidedAt' | 'decision' | 'reasons' | 'note'>,
): CaseRecord => {
  const own = openSteps(record).find((step) => step.party === party);
  return {
    ...record,
    steps: record.steps.map((step) =>
      step.turn === own?.turn && step.party === party ? { ...step, ...decided } : step,
    ),
  };
};

/** That a sending school or an authority has decided; what the receiving school decides has events of its own. */
export const toldOfDecision = (
  record: CaseRecord,
  party: Party,
  decision: 'APPROVE' | 'REFUSE',
  reasons: readonly string[],
): Told[] => {
  if (party === 'TARGET_SCHOOL') return [];
  const own = record.steps.findLast((step) => step.party === party);
  const data = { ...caseFacts(record), party, unit: own?.unit ?? '', decision, reasons: [...reasons] };
  return [{ kind: party === 'SOURCE_SCHOOL' ? SourceSchoolDecided : AuthorityDecided, data }];
};
