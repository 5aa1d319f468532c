import { stateAfter } from '#libs/law/transfer/acts.ts';
import { judgePurge } from '#libs/law/transfer/clocks.ts';
import { NATION } from '#libs/law/transfer/sides.ts';
import type { CaseRecord } from './case-record.ts';
import type { CaseFinding } from './own-finding.ts';

/**
 * What stands against any work on a case whose ninety days are over while approvals are missing (TRF-34): it is as good as
 * purged from that instant on, whenever the system comes to it.
 */
export const judgeOver = (record: CaseRecord, now: string): CaseFinding[] => {
  const { startedAt, purgeAt } = record;
  if (startedAt === null || purgeAt === null) return [];
  const underReview = stateAfter(record, 'PURGE') !== undefined;
  return judgePurge({ underReview, purgeAt: new Date(purgeAt) }, new Date(now), NATION).map((finding) => ({
    ...finding,
    outcome: 'REJECT',
  }));
};
