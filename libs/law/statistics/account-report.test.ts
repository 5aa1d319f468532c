import { breaks, holds } from '#test/support/rules.ts';
import { ELSEWHERE } from '../testing/places.ts';
import { judgeAccountReport } from './account-report.ts';

describe('the report on accounts', () => {
  it(breaks('STA-02', 'names who missed a weekly login, by the notice of 2016'), () => {
    const [finding] = judgeAccountReport({ weeksMissed: 1, neverUsed: 0 }, '2026-10-12', ELSEWHERE);
    expect(finding).toMatchObject({
      ...{ ruleId: 'STA-02', outcome: 'RECORD', code: 'WEEKLY_LOGINS_MISSED' },
      basis: [{ layer: 'N16', article: '通知正文第二部分第2段' }],
    });
  });

  it(holds('STA-02', 'names nobody whose accounts were in use, nor before there was a notice'), () => {
    expect(judgeAccountReport({ weeksMissed: 0, neverUsed: 1 }, '2026-10-12', ELSEWHERE)).toEqual([]);
    expect(judgeAccountReport({ weeksMissed: 3, neverUsed: 1 }, '2016-06-05', ELSEWHERE)).toEqual([]);
  });
});
