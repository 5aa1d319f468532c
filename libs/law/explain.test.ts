import { enforces } from './enforces.ts';
import { rule, rulesInForce } from './explain.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from './testing/places.ts';

const ids = (...args: Parameters<typeof rulesInForce>) => rulesInForce(...args).map(({ id }) => id);

describe('the law as clients read it', () => {
  it('tells a rule with its texts, their days and what is assumed about them', () => {
    const view = rule('ENR-63');
    expect(view).toMatchObject({
      chapter: 'ENR',
      title: '学生死亡注销',
      codes: ['DEATH_PROOF_MISSING', 'DEATH_CANCELLATION_OVERDUE'],
    });
    expect(view.layers).toEqual([
      expect.objectContaining({ layer: 'N13', inForceFrom: '2013-09-01', inForceTo: '2025-01-02' }),
      expect.objectContaining({ layer: 'N25', inForceFrom: '2025-01-03', assumed: expect.any(String) }),
      expect.objectContaining({ layer: 'SX26', inForceTo: '2031-02-09', residual: false }),
      expect.objectContaining({ layer: 'BG', assumed: expect.any(String) }),
    ]);
    expect(view).not.toHaveProperty('onViolation');
  });

  it('tells what binds at a place on a day, by chapter', () => {
    expect(ids(SHANXI, '2026-02-09', 'ENR')).not.toContain('ENR-16');
    expect(ids(SHANXI, '2026-02-10', 'ENR')).toContain('ENR-16');
    expect(ids(BEIGUAN, '2026-02-10', 'ENR')).toContain('ENR-03');
    expect(ids(BEIGUAN, '2026-02-10', 'ENR', 'SENIOR')).not.toContain('ENR-03');
    expect(ids(ELSEWHERE, '2026-02-10', 'ENR')).not.toContain('ENR-03');
    expect(ids(ELSEWHERE, '2025-12-28', 'PRE')).not.toContain('PRE-02');
    expect(ids(ELSEWHERE, '2025-12-29', 'PRE')).toContain('PRE-02');
  });

  it('grows from text to text', () => {
    const counts = ['2013-08-31', '2013-09-01', '2016-06-06', '2025-01-03', '2026-02-10'].map(
      (on) => ids(SHANXI, on).length,
    );
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(new Set(counts).size).toBe(counts.length);
  });

  it('marks structural enforcement by nothing but the ids', () => {
    expect(enforces('ID-01', 'ID-02')).toEqual(['ID-01', 'ID-02']);
  });
});
