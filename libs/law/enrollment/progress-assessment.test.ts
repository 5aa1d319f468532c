import fc from 'fast-check';
import { breaks, holds } from '#test/support/rules.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import {
  type AssessmentOnRecord,
  assessmentThatCounts,
  judgeRecording,
  nextAssessedStep,
  type RecordingFacts,
} from './progress-assessment.ts';

const ON = '2026-05-12';
const pupil = { status: 'IN_SCHOOL', grade: 3, lastGrade: 6, schoolYear: 2025, standsStill: false };
const promotion = (more: Partial<RecordingFacts> = {}): RecordingFacts => ({
  ...{ isDisabled: true, step: 'PROMOTION', schoolYear: 2026, assessedOn: ON, pupil },
  ...more,
});
const codes = (facts: RecordingFacts) => judgeRecording(facts, ON, ELSEWHERE).map(({ code }) => code);

describe('an assessment that is put on record', () => {
  it(holds('ENR-24', 'is of a disabled pupil, for the step that comes next'), () => {
    for (const place of [SHANXI, BEIGUAN, ELSEWHERE])
      expect(judgeRecording(promotion(), ON, place)).toEqual([]);
    const last = { ...pupil, grade: 6 };
    expect(codes(promotion({ step: 'GRADUATION', schoolYear: null, pupil: last }))).toEqual([]);
    const graduate = { ...last, status: 'GRADUATED' };
    expect(codes(promotion({ step: 'GOING_ON', schoolYear: null, pupil: graduate }))).toEqual([]);
  });

  it(
    breaks('ENR-24', 'is refused for others, before its day and for a step that is not ahead, all told'),
    () => {
      expect(codes(promotion({ isDisabled: false, assessedOn: '2026-05-13', schoolYear: 2027 }))).toEqual([
        'ASSESSMENT_NOT_APPLICABLE',
        'ASSESSMENT_IN_FUTURE',
        'STEP_NOT_AHEAD',
      ]);
      expect(codes(promotion({ pupil: { ...pupil, grade: 6 } }))).toEqual(['STEP_NOT_AHEAD']);
      expect(codes(promotion({ pupil: { ...pupil, status: 'GRADUATED' } }))).toEqual(['STEP_NOT_AHEAD']);
    },
  );

  it(holds('ENR-28', 'of the promotion that has been counts for whom it left out alone'), () => {
    expect(codes(promotion({ schoolYear: 2025 }))).toEqual(['STEP_NOT_AHEAD']);
    expect(codes(promotion({ schoolYear: 2025, pupil: { ...pupil, standsStill: true } }))).toEqual([]);
  });
});

describe('of the assessments of a pupil', () => {
  const kept = fc.record({
    step: fc.constantFrom('PROMOTION' as const, 'GRADUATION' as const, 'GOING_ON' as const),
    schoolYear: fc.constantFrom(null, 2025, 2026),
    supports: fc.boolean(),
    assessedOn: fc.constant(ON),
  });

  it(holds('ENR-24', 'the last on record of the step counts, and none of another step or year'), () => {
    fc.assert(
      fc.property(fc.array(kept), fc.array(kept), kept, (before, after, one: AssessmentOnRecord) => {
        const others = after.filter(
          ({ step, schoolYear }) => step !== one.step || schoolYear !== one.schoolYear,
        );
        expect(assessmentThatCounts([...before, one, ...others], one)).toBe(one);
        expect(assessmentThatCounts(others, one)).toBeNull();
      }),
    );
  });

  it('the next that is needed is of the promotion below the last grade, of graduation in it, then of going on', () => {
    expect(nextAssessedStep({ ...pupil, grade: 5 })).toEqual({ step: 'PROMOTION', schoolYear: 2026 });
    expect(nextAssessedStep({ ...pupil, grade: 6 })).toEqual({ step: 'GRADUATION', schoolYear: null });
    expect(nextAssessedStep({ ...pupil, status: 'GRADUATED' })).toEqual({
      step: 'GOING_ON',
      schoolYear: null,
    });
    expect(nextAssessedStep({ ...pupil, status: 'SUSPENDED' })).toBeNull();
  });
});
