import { TransferPurged } from '#libs/contracts/events/transfer.ts';
import { stateAfter } from '#libs/law/transfer/acts.ts';
import { judgePurge } from '#libs/law/transfer/clocks.ts';
import { NATION } from '#libs/law/transfer/sides.ts';
import { execute } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { lockFirst } from '../cases/case-rows.ts';
import { caseFacts, saveCase } from '../cases/save-case.ts';

/** Purges the next case that was not finished over ninety days after its start (TRF-34); true when there may be more. */
export const purgeNext = async (core: ServiceCore): Promise<boolean> => {
  const found = await asWorker(core.worker, async (tx) => {
    const now = core.clock.now();
    const due = `ended_at is null and purge_at <= $1 and approved_at is null`;
    const record = await lockFirst(tx, due, [now], 'purge_at, case_id');
    if (record === undefined || record.purgeAt === null) return false;
    const state = stateAfter(record, 'PURGE');
    const facts = { underReview: state !== undefined, purgeAt: new Date(record.purgeAt) };
    const findings = judgePurge(facts, new Date(now), NATION);
    if (state === undefined || findings.length === 0) {
      await execute(tx, 'update transfer_case set purge_at = null where case_id = $1', [record.id]);
      return true;
    }
    const purged = { ...record, state, endedAt: now, findings, releasePlace: true };
    await saveCase(tx, now, record, purged, [{ kind: TransferPurged, data: caseFacts(record) }]);
    return true;
  });
  if (found) core.wakeRelay();
  return found;
};
