import { breaks, holds } from '#test/support/rules.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { judgeSpecializedSchoolReturn, judgeSpecializedSchoolTransfer } from './specialized-school.ts';

const ON = '2026-09-01';
const PLACES = [SHANXI, BEIGUAN, ELSEWHERE];

describe('a pupil at a specialised school', () => {
  it(
    holds('ENR-22', 'may be transferred to another ordinary school, and comes back to a grade both fixed'),
    () => {
      for (const place of PLACES) {
        const facts = { stage: 'JUNIOR', targetIsSpecialized: false } as const;
        expect(judgeSpecializedSchoolTransfer(facts, ON, place)).toEqual([]);
        const back = { stage: 'JUNIOR', gradeFixedBySchool: true, gradeFixedByAuthority: true } as const;
        expect(judgeSpecializedSchoolReturn(back, ON, place)).toEqual([]);
      }
    },
  );

  it(breaks('ENR-22', 'is never transferred there, and no grade of one side alone holds'), () => {
    for (const place of PLACES) {
      const facts = { stage: 'JUNIOR', targetIsSpecialized: true } as const;
      expect(judgeSpecializedSchoolTransfer(facts, ON, place)).toMatchObject([
        { outcome: 'REJECT', code: 'SPECIALIZED_SCHOOL_NO_TRANSFER' },
      ]);
      for (const [gradeFixedBySchool, gradeFixedByAuthority, ownerLevel] of [
        [true, false, 'COUNTY'],
        [false, true, 'SCHOOL'],
        [false, false, 'SCHOOL'],
      ] as const) {
        const back = { stage: 'JUNIOR', gradeFixedBySchool, gradeFixedByAuthority } as const;
        expect(judgeSpecializedSchoolReturn(back, ON, place)).toMatchObject([
          { outcome: 'HOLD', code: 'RETURN_GRADE_NOT_FIXED', ownerLevel },
        ]);
      }
    }
  });

  it('was a matter of agreement until the 2025 measure', () => {
    const facts = { stage: 'JUNIOR', targetIsSpecialized: true } as const;
    expect(judgeSpecializedSchoolTransfer(facts, '2025-01-02', ELSEWHERE)).toEqual([]);
    expect(judgeSpecializedSchoolTransfer(facts, '2025-01-03', ELSEWHERE)).toHaveLength(1);
    expect(judgeSpecializedSchoolTransfer(facts, '2013-08-31', ELSEWHERE)).toMatchObject([
      { ruleId: 'ORG-25' },
    ]);
  });
});
