import { stepProgress } from './step-progress.ts';

const step = {
  party: 'SOURCE_SCHOOL' as const,
  openedAt: '2026-09-02T01:00:00.000Z',
  dueOn: '2026-09-16',
  provisional: false,
  decidedAt: null,
  decision: null,
  isDraft: false,
  isEnded: false,
};

describe('a step in words for a family', () => {
  test('says who holds it, since when and until when', () => {
    expect(stepProgress(step, '2026-09-16')).toBe(
      '转出学校正在办理：2026年9月2日开始，应在2026年9月16日前办完。',
    );
  });

  test('says from the next day on that it is late, and never of a provisional day', () => {
    expect(stepProgress(step, '2026-09-17')).toContain('现已超过期限');
    const provisional = stepProgress({ ...step, provisional: true }, '2026-09-17');
    expect(provisional).toContain('日期暂定');
    expect(provisional).not.toContain('超过期限');
  });

  test('is late with nothing before the case has started', () => {
    expect(stepProgress({ ...step, isDraft: true }, '2026-12-01')).not.toContain('超过期限');
  });

  test('says what was decided, on the day it was in China', () => {
    const decided = { ...step, decidedAt: '2026-09-09T17:00:00.000Z' };
    expect(stepProgress({ ...decided, decision: 'APPROVE' }, '2026-09-20')).toBe(
      '转出学校已在2026年9月10日同意。',
    );
    expect(stepProgress({ ...decided, decision: 'REFUSE' }, '2026-09-20')).toContain('答复不同意');
  });

  test('waits for nobody once the case has ended', () => {
    expect(stepProgress({ ...step, isEnded: true }, '2026-12-01')).toBe(
      '转出学校没有再办理，这件业务已经结束。',
    );
  });
});
