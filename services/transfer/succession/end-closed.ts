import { TransferRejected } from '#libs/contracts/events/transfer.ts';
import { isTransferEnd } from '#libs/law/transfer/course.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { tellChanged } from '../cases/live-signal.ts';
import { schoolNotActive } from '../cases/own-finding.ts';
import { caseFacts, saveCase } from '../cases/save-case.ts';
import { onFirstCase } from '../workers/set-aside.ts';

const closed = `ended_at is null and exists (select from school_ref s
  where s.code = transfer_case.target_school and s.fact ->> 'state' <> 'ACTIVE')`;

/**
 * Ends the next case whose receiving school has ended: nobody is left who could take the pupil in by it, and an open case
 * would keep the family from another (TRF-01). The school that goes on starts anew (TRF-02, ours). What everybody has
 * approved already is the hand-over's to end, which alone knows whether the registration has moved. True when there may be more.
 */
export const endNextClosed = async (core: ServiceCore): Promise<boolean> => {
  const found = await onFirstCase(core, async (tx, first) => {
    const record = await first(`${closed} and state not in ('APPROVED', 'CALL_UP')`, [], 'case_id');
    if (record === undefined || isTransferEnd(record.state)) return undefined;
    const now = core.clock.now();
    const findings = [schoolNotActive];
    const ended = { ...record, state: 'REJECTED' as const, endedAt: now, findings, releasePlace: true };
    const reasons = findings.map(({ code }) => code);
    await saveCase(tx, now, record, ended, [
      { kind: TransferRejected, data: { ...caseFacts(record), party: null, reasons } },
    ]);
    return record.id;
  });
  if (found !== undefined) tellChanged(core, found);
  return found !== undefined;
};
