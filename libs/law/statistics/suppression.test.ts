import { breaks, holds } from '#test/support/rules.ts';
import { ELSEWHERE } from '../testing/places.ts';
import { judgeCount } from './suppression.ts';

describe('a published count', () => {
  it(holds('STA-08', 'is told from ten on'), () => {
    expect(judgeCount(10, '2026-09-01', ELSEWHERE)).toEqual([]);
  });

  it(breaks('STA-08', 'is not told under ten'), () => {
    expect(judgeCount(9, '2026-09-01', ELSEWHERE)).toMatchObject([
      { ruleId: 'STA-08', code: 'SMALL_CELL', outcome: 'REJECT' },
    ]);
  });
});
