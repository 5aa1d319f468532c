import type { IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';

/** A unit whose accounts missed weekly logins is named in the report with their number (STA-02); vacation weeks are none. */
export const judgeAccountReport = (
  { weeksMissed, neverUsed }: { weeksMissed: number; neverUsed: number },
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  weeksMissed === 0
    ? []
    : findingIfInForce('STA-02', {
        code: 'WEEKLY_LOGINS_MISSED',
        outcome: 'RECORD',
        message: `有${weeksMissed}个账号周次未按要求登录，${neverUsed}个账号从未登录，列入通报。`,
        messageEn: `${weeksMissed} weekly logins were missed, ${neverUsed} accounts were never used; the report says so.`,
        path: ['accounts'],
        remedy: '请督促学籍管理员和核办人员每周至少登录一次。',
        ownerLevel: 'COUNTY',
        on,
        place,
      });
