import { breaks, holds } from '#test/support/rules.ts';
import { judgeRegisteringSchool } from './counterpart-school.ts';

const xiaodian = { province: '140000', city: '140100', county: '140105' };

describe('registering at a school', () => {
  test(holds('ORG-09', 'is open at a school that the rules cover'), () => {
    expect(judgeRegisteringSchool({ vocational: false }, '2026-09-01', xiaodian)).toEqual([]);
  });

  test(breaks('ORG-09', 'is refused at a vocational one, which only takes part in transfers'), () => {
    expect(judgeRegisteringSchool({ vocational: true }, '2026-09-01', xiaodian)).toMatchObject([
      { ruleId: 'ORG-09', outcome: 'REJECT', code: 'SCHOOL_KIND_NOT_COVERED' },
    ]);
  });
});
