import { TransferRejected } from '#libs/contracts/events/transfer.ts';
import { nextAfter } from '#libs/law/transfer/course.ts';
import type { Party } from '#libs/law/transfer/parties.ts';
import type { CaseFinding } from '../cases/own-finding.ts';
import { caseFacts, saveCase } from '../cases/save-case.ts';
import { toldOfDecision, withDecision } from './decided.ts';
import type { Work } from './on-case.ts';

/** A lawful refusal ends the case, whoever else has yet to decide; the held place is given back. */
export const refuse = async (
  { core, tx, caller, record }: Work,
  party: Party,
  reasons: readonly string[],
  note: string | null,
): Promise<CaseFinding[]> => {
  const now = core.clock.now();
  const next = nextAfter(record, party, 'REFUSE');
  const decided = withDecision(record, party, {
    ...{ decidedBy: caller.subject, decidedAt: now, decision: 'REFUSE', reasons, note },
  });
  const ended = {
    ...decided,
    state: next.to === 'END' ? next.state : record.state,
    endedAt: now,
    releasePlace: true,
  };
  await saveCase(tx, now, record, ended, [
    ...toldOfDecision(record, party, 'REFUSE', reasons),
    { kind: TransferRejected, data: { ...caseFacts(record), party, reasons: [...reasons] } },
  ]);
  return [];
};
