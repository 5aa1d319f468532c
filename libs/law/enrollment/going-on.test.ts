import { breaks, holds } from '#test/support/rules.ts';
import { workingDayCalendar } from '../calendar/working-day-calendar.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { type AdmissionFacts, goingOnDue, judgeAdmission, judgeGoingOn, judgeReporting } from './going-on.ts';

const ON = '2026-09-01';
const PLACES = [SHANXI, BEIGUAN, ELSEWHERE];
const calendar = workingDayCalendar();
const pupil = (changes: Partial<AdmissionFacts> = {}): AdmissionFacts => ({
  status: 'GRADUATED',
  stage: 'PRIMARY',
  toStage: 'JUNIOR',
  meetsPolicy: true,
  inPlan: true,
  ...changes,
});
const said = (findings: ReturnType<typeof judgeAdmission>) =>
  findings.map(({ ruleId, code }) => `${ruleId} ${code}`);

describe('the admission to the next stage', () => {
  it(holds('ENR-27', 'takes a graduate of the stage before, who is in school again after reporting'), () => {
    for (const place of PLACES) {
      expect(judgeAdmission(pupil(), ON, place)).toEqual([]);
      expect(judgeAdmission(pupil({ stage: 'JUNIOR', toStage: 'SENIOR' }), ON, place)).toEqual([]);
      expect(judgeReporting({ status: 'ADMITTED', reported: true }, ON, place)).toEqual([]);
    }
  });

  it(breaks('ENR-27', 'refuses whoever has not graduated, or not from the stage before'), () => {
    const wrong = [
      { status: 'IN_SCHOOL' },
      { status: 'ADMITTED' },
      { status: 'COMPLETED' },
      { toStage: 'SENIOR' },
      { stage: 'SENIOR', toStage: 'SENIOR' },
    ] as const;
    for (const changes of wrong) {
      for (const place of PLACES) {
        expect(judgeAdmission(pupil(changes), ON, place)).toMatchObject([
          { ruleId: 'ENR-27', outcome: 'REJECT', code: 'NOT_GRADUATED' },
        ]);
      }
    }
    expect(judgeAdmission(pupil({ status: 'IN_SCHOOL' }), '2016-06-05', ELSEWHERE)).toEqual([]);
    expect(judgeAdmission(pupil({ status: 'IN_SCHOOL' }), '2016-06-06', ELSEWHERE)).toHaveLength(1);
    expect(said(judgeReporting({ status: 'ADMITTED', reported: false }, '2025-01-02', ELSEWHERE))).toEqual([
      'ENR-27 NOT_REPORTED',
    ]);
  });

  it(holds('ENR-25', 'follows policy, plan and reporting'), () => {
    expect(judgeAdmission(pupil(), '2025-01-03', ELSEWHERE)).toEqual([]);
    expect(judgeAdmission(pupil({ inPlan: false }), '2025-01-02', ELSEWHERE)).toEqual([]);
  });

  it(breaks('ENR-25', 'refuses NOT_IN_PLAN and NOT_REPORTED, and tells all at once'), () => {
    for (const place of PLACES) {
      for (const changes of [{ inPlan: false }, { meetsPolicy: false }]) {
        expect(said(judgeAdmission(pupil(changes), ON, place))).toEqual(['ENR-25 NOT_IN_PLAN']);
      }
      expect(said(judgeAdmission(pupil({ status: 'IN_SCHOOL', inPlan: false }), ON, place))).toEqual([
        'ENR-27 NOT_GRADUATED',
        'ENR-25 NOT_IN_PLAN',
      ]);
      for (const facts of [
        { status: 'ADMITTED', reported: false },
        { status: 'GRADUATED', reported: true },
      ]) {
        expect(said(judgeReporting(facts, ON, place))).toEqual(['ENR-25 NOT_REPORTED']);
      }
    }
  });

  it(holds('ENR-26', 'is completed within a month of reporting'), () => {
    expect(goingOnDue('2026-08-31', SHANXI, calendar)?.dueDate).toBe('2026-09-30');
    expect(goingOnDue('2025-01-02', ELSEWHERE, calendar)).toBeUndefined();
    const facts = { dueOn: '2026-09-30', completedOn: null };
    for (const place of PLACES) {
      expect(judgeGoingOn(facts, '2026-09-30', place)).toEqual([]);
      expect(judgeGoingOn({ ...facts, completedOn: '2026-09-30' }, '2026-12-01', place)).toEqual([]);
    }
  });

  it(breaks('ENR-26', 'is on record from the next day'), () => {
    const facts = { dueOn: '2026-09-30', completedOn: null };
    for (const place of PLACES) {
      for (const completedOn of [null, '2026-10-01']) {
        expect(judgeGoingOn({ ...facts, completedOn }, '2026-10-01', place)).toMatchObject([
          { ruleId: 'ENR-26', outcome: 'RECORD', code: 'STAGE_PROGRESSION_OVERDUE' },
        ]);
      }
    }
  });
});
