import { breaks, holds } from '#test/support/rules.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { judgeCountyCheck } from './county-check.ts';

const PLACES = [SHANXI, BEIGUAN, ELSEWHERE];
const term = {
  schoolYear: 2026,
  season: 'AUTUMN',
  opensOn: '2026-09-01',
  closesOn: '2027-01-22',
} as const;

describe('the county’s check', () => {
  it(holds('ORG-05', 'is done on any day of the term, and not owed before its end'), () => {
    for (const place of PLACES) {
      for (const day of ['2026-09-01', '2027-01-22']) {
        expect(judgeCountyCheck({ term, checkedOn: [day] }, '2027-01-23', place)).toEqual([]);
      }
      expect(judgeCountyCheck({ term, checkedOn: [] }, '2027-01-22', place)).toEqual([]);
    }
  });

  it(
    breaks('ORG-05', 'is on record as missing from the day after, and a check in the vacation is none'),
    () => {
      for (const place of PLACES) {
        expect(
          judgeCountyCheck({ term, checkedOn: ['2026-08-31', '2027-01-23'] }, '2027-01-23', place),
        ).toMatchObject([
          { ruleId: 'ORG-05', outcome: 'RECORD', code: 'COUNTY_CHECK_MISSING', ownerLevel: 'COUNTY' },
        ]);
      }
    },
  );
});
