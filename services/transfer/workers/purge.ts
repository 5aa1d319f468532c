import { TransferDiscarded, TransferPurged } from '#libs/contracts/events/transfer.ts';
import { stateAfter } from '#libs/law/transfer/acts.ts';
import { judgePurge } from '#libs/law/transfer/clocks.ts';
import { NATION } from '#libs/law/transfer/sides.ts';
import { execute } from '#libs/platform/database/query.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { CaseRecord } from '../cases/case-record.ts';
import { tellChanged } from '../cases/live-signal.ts';
import { draftExpired } from '../cases/own-finding.ts';
import { caseFacts, saveCase, type Told } from '../cases/save-case.ts';
import { onFirstCase } from './set-aside.ts';

/** The end of a case whose time is over: one that has started is purged, a draft discarded; undefined for neither. */
const endOf = (record: CaseRecord, now: string): { after: CaseRecord; told: Told } | undefined => {
  const isDraft = record.startedAt === null;
  const state = stateAfter(record, isDraft ? 'DISCARD' : 'PURGE');
  if (state === undefined || record.purgeAt === null) return undefined;
  const findings = isDraft
    ? [draftExpired]
    : judgePurge({ underReview: true, purgeAt: new Date(record.purgeAt) }, new Date(now), NATION);
  if (findings.length === 0) return undefined;
  return {
    after: { ...record, state, endedAt: now, findings, releasePlace: true },
    told: isDraft
      ? { kind: TransferDiscarded, data: { ...caseFacts(record), by: 'SYSTEM' } }
      : { kind: TransferPurged, data: caseFacts(record) },
  };
};

/**
 * Purges the next case that was not finished over ninety days after its start (TRF-34), and discards the draft that was not
 * started in as many days (ours); true when there may be more.
 */
export const purgeNext = async (core: ServiceCore): Promise<boolean> => {
  const found = await onFirstCase(core, async (tx, first) => {
    const now = core.clock.now();
    const due = `ended_at is null and purge_at <= $1 and approved_at is null`;
    const record = await first(due, [now], 'purge_at, case_id');
    if (record === undefined) return undefined;
    const end = endOf(record, now);
    if (end === undefined) {
      await execute(tx, 'update transfer_case set purge_at = null where case_id = $1', [record.id]);
      return record.id;
    }
    await saveCase(tx, now, record, end.after, [end.told]);
    return record.id;
  });
  if (found !== undefined) tellChanged(core, found);
  return found !== undefined;
};
