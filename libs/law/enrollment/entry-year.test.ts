import { breaks, holds } from '#test/support/rules.ts';
import { shanghaiDate } from '../dates.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { entryYearsAt, impliedEntryYear, judgeEntryYear } from './entry-year.ts';
import type { Promotion } from './grade.ts';

const yearsAt = (at: string, promotions: readonly Promotion[] = [], place = BEIGUAN) =>
  entryYearsAt(new Date(`${at}+08:00`), promotions, place);
const judge = (at: string, entryYear: number, place = BEIGUAN) => {
  const instant = new Date(`${at}+08:00`);
  return judgeEntryYear({ ...entryYearsAt(instant, [], place), entryYear }, shanghaiDate(instant), place);
};

describe('the school year of a registration', () => {
  it.each(['2027-01-01T00:00:00', '2027-01-04T09:00:00', '2027-03-01T00:00:00', '2027-06-30T23:59:59'])(
    breaks('ENR-05', 'at %s is not that of the coming autumn, anywhere'),
    (at) => {
      for (const place of [SHANXI, BEIGUAN, ELSEWHERE]) {
        expect(judge(at, 2027, place)).toMatchObject([
          { ruleId: 'ENR-05', outcome: 'REJECT', code: 'ENTRY_YEAR_TO_COME', path: ['entryYear'] },
        ]);
        expect(judge(at, 2026, place)).toEqual([]);
      }
      expect(impliedEntryYear(yearsAt(at))).toBe(2026);
    },
  );

  it.each(['2027-07-01T00:00:00', '2027-08-10T23:59:59'])(
    holds('ENR-05', 'at %s may be either, so it has to be named'),
    (at) => {
      expect(yearsAt(at)).toEqual({ running: 2026, coming: 2027, comingFrom: '2027-07-01' });
      expect([2025, 2026, 2027].flatMap((year) => judge(at, year))).toEqual([]);
      expect(impliedEntryYear(yearsAt(at))).toBeUndefined();
    },
  );

  it(holds('ENR-05', 'is the new one alone from the promotion'), () => {
    expect(impliedEntryYear(yearsAt('2027-08-11T00:00:00'))).toBe(2027);
    expect(judge('2027-08-11T00:00:00', 2028)).toHaveLength(1);
  });

  it('waits for a promotion that the ministry set for a later day', () => {
    const later = [{ schoolYear: 2027, at: new Date('2027-08-21T00:00:00+08:00') }];
    expect(impliedEntryYear(yearsAt('2027-08-20T23:59:59', later))).toBeUndefined();
    expect(impliedEntryYear(yearsAt('2027-08-21T00:00:00', later))).toBe(2027);
  });

  it(breaks('ENR-05', 'is never one beyond the coming one, and the day that opens it is named'), () => {
    expect(judge('2027-07-01T00:00:00', 2028)).toHaveLength(1);
    expect(judge('2027-03-01T00:00:00', 2027)[0]?.remedy).toContain('2027-07-01');
  });
});
