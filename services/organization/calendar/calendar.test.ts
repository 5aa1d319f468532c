import { breaks, holds } from '#test/support/rules.ts';
import { calendarFor } from './calendar.ts';
import type { Terms } from './terms.ts';

const question = {
  line: ['140105', '140100', '140000', '000000'],
  schoolYear: 2026,
  on: '2026-11-02',
  place: { province: '140000', city: '140100', county: '140105' },
};
const terms = (opensOn: string): Terms => [{ term: 1, opensOn, closesOn: '2027-01-15' }];
const set = (...regions: string[]) => new Map(regions.map((region) => [region, terms('2026-09-01')]));
const regionOf = (...regions: string[]) =>
  calendarFor(question, { terms: set(...regions), promotion: undefined }).region;

describe('calendar of a region', () => {
  test(holds('ORG-28', 'the nearest unit that set terms decides: county, city, province, nation'), () => {
    expect(regionOf('000000', '140000', '140100', '140105')).toBe('140105');
    expect(regionOf('000000', '140000', '140100')).toBe('140100');
    expect(regionOf('000000', '140000')).toBe('140000');
    expect(regionOf('000000')).toBe('000000');
  });

  test(breaks('ORG-28', 'where nobody set any, it holds with CALENDAR_MISSING and guesses nothing'), () => {
    const calendar = calendarFor(question, { terms: set('410000'), promotion: undefined });
    expect(calendar).toMatchObject({ region: '140105', terms: [] });
    expect(calendar.findings).toMatchObject([
      { ruleId: 'ORG-28', outcome: 'HOLD', code: 'CALENDAR_MISSING', ownerLevel: 'COUNTY' },
    ]);
  });

  test('the promotion is that of law until another was entered', () => {
    const entered = new Date('2026-08-20T00:00:00+08:00');
    const ask = (promotion: Date | undefined) =>
      calendarFor(question, { terms: set(), promotion }).promotionAt;
    expect(ask(undefined)).toEqual(new Date('2026-08-11T00:00:00+08:00'));
    expect(ask(entered)).toEqual(entered);
  });
});
