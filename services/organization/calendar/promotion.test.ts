import fc from 'fast-check';
import { breaks, holds } from '#test/support/rules.ts';
import { standingPromotion } from './calendar.ts';
import { judgePromotion } from './promotion.ts';

const now = new Date('2027-05-01T09:00:00+08:00');
const standing = standingPromotion(2027);
const fortnight = 14 * 24 * 3600_000;
const judge = (effectiveAt: Date, context = { now, standing }) =>
  judgePromotion({ schoolYear: 2027, effectiveAt }, context).map(({ code }) => code);

describe('promotion into a school year', () => {
  test('is by law at 24:00 of 10 August of the year in which the school year begins', () => {
    expect(standing.toISOString()).toBe('2027-08-10T16:00:00.000Z');
  });

  test(holds('ENR-28', 'an instant a fortnight or more ahead is entered'), () => {
    expect(judge(new Date(now.getTime() + fortnight))).toEqual([]);
  });

  test(breaks('ENR-28', 'a millisecond less than a fortnight ahead, or in the past, is refused'), () => {
    expect(judge(new Date(now.getTime() + fortnight - 1))).toEqual(['PROMOTION_NOT_AHEAD']);
    expect(judge(new Date('2027-04-30T00:00:00+08:00'))).toEqual(['PROMOTION_NOT_AHEAD']);
  });

  test(breaks('ENR-28', 'what has taken effect is not moved any more'), () => {
    const after = { now: standing, standing };
    expect(judge(new Date('2027-09-10T00:00:00+08:00'), after)).toEqual(['PROMOTION_ALREADY_EFFECTIVE']);
    const before = { now: new Date(standing.getTime() - 1), standing };
    expect(judge(new Date('2027-09-10T00:00:00+08:00'), before)).toEqual([]);
  });

  test('an instant of another year is refused, by the calendar of Beijing', () => {
    expect(judge(new Date('2027-12-31T23:59:59+08:00'))).toEqual([]);
    expect(judge(new Date('2028-01-01T00:00:00+08:00'))).toEqual(['PROMOTION_OUTSIDE_YEAR']);
  });

  test('all reasons are told at once, each a refusal that rests on the law', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), (days) => {
        const past = new Date(now.getTime() - days * 24 * 3600_000);
        const findings = judgePromotion({ schoolYear: 2027, effectiveAt: past }, { now, standing: past });
        expect(findings.length).toBeGreaterThanOrEqual(2);
        for (const finding of findings) {
          expect(finding).toMatchObject({ ruleId: 'ENR-28', outcome: 'REJECT', ownerLevel: 'MINISTRY' });
          expect(finding.basis.length).toBeGreaterThan(0);
        }
      }),
    );
  });
});
