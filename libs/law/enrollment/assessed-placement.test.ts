import { breaks, holds } from '#test/support/rules.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { judgeAssessedPlacement, schoolOfRecord } from './assessed-placement.ts';

const ON = '2026-09-01';
const placed = {
  isDisabled: true,
  placementMode: 'INCLUSIVE',
  assessment: { mode: 'INCLUSIVE', assessedOn: ON },
} as const;

describe('the place of a disabled child', () => {
  it(holds('ENR-20', 'is the one assessed, and the school that teaches opens the record'), () => {
    expect(judgeAssessedPlacement(placed, ON, SHANXI)).toEqual([]);
    expect(judgeAssessedPlacement({ ...placed, isDisabled: false, assessment: null }, ON, SHANXI)).toEqual(
      [],
    );
    expect(judgeAssessedPlacement({ ...placed, placementMode: null }, ON, SHANXI)).toEqual([]);
    const schools = { attended: 'A', teachingAtHome: 'B' };
    expect(schoolOfRecord('HOME_TEACHING', schools)).toBe('B');
    expect(schoolOfRecord('INCLUSIVE', schools)).toBe('A');
    expect(schoolOfRecord('SPECIAL_SCHOOL', schools)).toBe('A');
  });

  it(
    breaks('ENR-20', 'no assessment, one for another place and one still to come are refused in Shanxi'),
    () => {
      const wrong = [
        { ...placed, assessment: null },
        { ...placed, placementMode: 'HOME_TEACHING' as const },
        { ...placed, assessment: { mode: 'INCLUSIVE' as const, assessedOn: '2026-09-02' } },
      ];
      for (const facts of wrong) {
        expect(judgeAssessedPlacement(facts, ON, SHANXI)).toMatchObject([
          { ruleId: 'ENR-20', outcome: 'REJECT', code: 'PLACEMENT_ASSESSMENT_MISSING' },
        ]);
        for (const place of [BEIGUAN, ELSEWHERE])
          expect(judgeAssessedPlacement(facts, ON, place)).toEqual([]);
        expect(judgeAssessedPlacement(facts, '2026-02-09', SHANXI)).toEqual([]);
      }
    },
  );
});
