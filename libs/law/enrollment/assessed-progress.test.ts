import { breaks, holds } from '#test/support/rules.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { type GradeLoweringFacts, judgeAssessedProgress, judgeGradeLowering } from './assessed-progress.ts';

const ON = '2026-09-01';
const PLACES = [SHANXI, BEIGUAN, ELSEWHERE];
const supports = { assessedOn: ON, supports: true };
const said = (findings: ReturnType<typeof judgeGradeLowering>) =>
  findings.map(({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`);
const lowering = (changes: Partial<GradeLoweringFacts> = {}): GradeLoweringFacts => ({
  isDisabled: true,
  assessment: supports,
  approved: true,
  asRepeat: { stage: 'PRIMARY', askedBy: 'GUARDIAN', setting: null, decision: null },
  ...changes,
});

describe('the progress of a disabled pupil', () => {
  it(holds('ENR-24', 'follows the assessment, and nobody else needs one'), () => {
    for (const place of PLACES) {
      for (const step of ['PROMOTION', 'GRADUATION', 'GOING_ON'] as const) {
        expect(judgeAssessedProgress({ isDisabled: true, step, assessment: supports }, ON, place)).toEqual(
          [],
        );
        expect(judgeAssessedProgress({ isDisabled: false, step, assessment: null }, ON, place)).toEqual([]);
      }
      expect(judgeGradeLowering(lowering(), ON, place)).toEqual([]);
    }
  });

  it(breaks('ENR-24', 'stops without an assessment, before its day and against it'), () => {
    const judge = (assessment: { assessedOn: string; supports: boolean } | null) =>
      said(judgeAssessedProgress({ isDisabled: true, step: 'GRADUATION', assessment }, ON, ELSEWHERE));
    expect(judge(null)).toEqual(['ENR-24 REJECT ASSESSMENT_MISSING']);
    expect(judge({ assessedOn: '2026-09-02', supports: true })).toEqual(['ENR-24 REJECT ASSESSMENT_MISSING']);
    expect(judge({ assessedOn: ON, supports: false })).toEqual(['ENR-24 REJECT ASSESSMENT_NOT_SUPPORTING']);
  });

  it(breaks('ENR-24', 'a lower grade needs the assessment and the approval, and both are told'), () => {
    for (const place of PLACES) {
      expect(said(judgeGradeLowering(lowering({ assessment: null, approved: false }), ON, place))).toEqual([
        'ENR-24 REJECT ASSESSMENT_MISSING',
        'ENR-24 REJECT GRADE_LOWERING_NOT_APPROVED',
      ]);
    }
  });

  it('is repeating for anybody else, and for everybody before the measure of 2025', () => {
    expect(said(judgeGradeLowering(lowering({ isDisabled: false }), ON, SHANXI))).toEqual([
      'ENR-36 REJECT GRADE_REPEAT_FORBIDDEN',
    ]);
    expect(said(judgeGradeLowering(lowering(), '2025-01-02', ELSEWHERE))).toEqual([
      'ORG-27 REJECT POLICY_UNRESOLVED',
    ]);
    const assessed = lowering({ assessment: { assessedOn: '2025-01-02', supports: true } });
    expect(said(judgeGradeLowering(assessed, '2025-01-03', ELSEWHERE))).toEqual([]);
  });
});
