import { breaks, holds } from '#test/support/rules.ts';
import { workingDayCalendar } from '../calendar/working-day-calendar.ts';
import type { LawPlace } from '../finding.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { judgeResumption, type ResumptionFacts, resumptionGrade } from './resumption.ts';
import { judgeResumptionTime, resumptionDecisionDue, resumptionFilingDue } from './resumption-time.ts';

const ON = '2026-09-01';
const judge = (changes: Partial<ResumptionFacts> = {}, place: LawPlace = SHANXI, on = ON) =>
  judgeResumption(
    {
      stage: 'PRIMARY',
      ground: 'ILLNESS',
      endsOn: '2026-08-31',
      appliedOn: '2026-09-01',
      writtenApplication: true,
      proofs: [{ kind: 'FITNESS_CERTIFICATE', issuerLevel: 'COUNTY' }],
      resumeGrade: 'ORIGINAL_GRADE',
      classmatesLeftStage: false,
      ...changes,
    },
    on,
    place,
  ).map(({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`);

const UNKNOWN_TEXT = 'ORG-27 WARN LAYER_TEXT_UNKNOWN';
const early = { endsOn: '2026-08-31', appliedOn: '2026-08-30' };

describe('an application to resume', () => {
  it(holds('ENR-47', 'comes at the end of the suspension with form and proof, for either grade'), () => {
    expect(judge()).toEqual([]);
    expect(judge({ appliedOn: '2026-08-31' })).toEqual([]);
    expect(judge({ appliedOn: '2026-12-01', resumeGrade: 'CORRESPONDING_GRADE' })).toEqual([]);
    expect(judge({ ground: 'FORCE_MAJEURE', proofs: [{ kind: 'OTHER_VALID_PROOF' }] })).toEqual([]);
  });

  it(breaks('ENR-47', 'without form or proof it is refused, and a return before the end is held'), () => {
    expect(judge({ writtenApplication: false })).toEqual(['ENR-47 REJECT RESUMPTION_PROOF_MISSING']);
    expect(judge({ proofs: [] })).toEqual(['ENR-47 REJECT RESUMPTION_PROOF_MISSING']);
    expect(judge(early)).toEqual(['ENR-47 HOLD RESUMPTION_BEFORE_END']);
    expect(judge({ resumeGrade: 'CORRESPONDING_GRADE', classmatesLeftStage: true })).toEqual([
      'ENR-47 REJECT RESUMPTION_GRADE_NOT_ALLOWED',
    ]);
  });

  it(holds('ENR-49', 'needs no more than the wish nationally, and in Beiguan comes at any time'), () => {
    expect(judge({ ...early, writtenApplication: false, proofs: [] }, ELSEWHERE)).toEqual([]);
    expect(judge(early, BEIGUAN)).toEqual([UNKNOWN_TEXT]);
    expect(judge({ ground: 'OTHER_SPECIAL', proofs: [] }, BEIGUAN)).toEqual([UNKNOWN_TEXT]);
    expect(judge({ ground: 'LONG_LEAVE', leaveKind: 'OTHER', proofs: [] }, BEIGUAN)).toEqual([UNKNOWN_TEXT]);
  });

  it(breaks('ENR-49', 'after sickness Beiguan asks for a certificate of a county-level hospital'), () => {
    const missing = [UNKNOWN_TEXT, 'ENR-49 REJECT FITNESS_CERTIFICATE_MISSING'];
    expect(judge({ proofs: [] }, BEIGUAN)).toEqual(missing);
    expect(
      judge({ proofs: [{ kind: 'FITNESS_CERTIFICATE', issuerLevel: 'BELOW_COUNTY' }] }, BEIGUAN),
    ).toEqual(missing);
    expect(judge({ proofs: [{ kind: 'HOSPITAL_RECORD', issuerLevel: 'COUNTY' }] }, BEIGUAN)).toEqual(missing);
    expect(judge({ ground: 'INFECTIOUS_DISEASE', proofs: [] }, BEIGUAN)).toEqual(missing);
    expect(judge({ ground: 'LONG_LEAVE', leaveKind: 'SICK', proofs: [] }, BEIGUAN)).toEqual(missing);
    expect(judge({ writtenApplication: false }, BEIGUAN)).toEqual([
      UNKNOWN_TEXT,
      'ENR-49 REJECT RESUMPTION_APPLICATION_MISSING',
    ]);
    expect(judge({ stage: 'SENIOR', proofs: [] }, BEIGUAN)).toEqual([UNKNOWN_TEXT]);
    expect(judge({ resumeGrade: 'CORRESPONDING_GRADE', classmatesLeftStage: true }, ELSEWHERE)).toEqual([
      'ENR-49 REJECT RESUMPTION_GRADE_NOT_ALLOWED',
    ]);
  });

  it('warns under the Shanxi rules of 2019, whose text is not at hand', () => {
    expect(judge({ ...early, proofs: [] }, SHANXI, '2026-02-09')).toEqual([UNKNOWN_TEXT]);
  });

  it('leads to the grade left or to that of the former classmates', () => {
    const grades = { original: 5, classmates: 6, last: 6 };
    expect(resumptionGrade('ORIGINAL_GRADE', grades)).toBe(5);
    expect(resumptionGrade('CORRESPONDING_GRADE', grades)).toBe(6);
    expect(resumptionGrade('CORRESPONDING_GRADE', { ...grades, classmates: 7 })).toBeUndefined();
  });
});

describe('the time of a resumption', () => {
  const calendar = workingDayCalendar();
  const { dueDate, provisional } = resumptionFilingDue('2026-09-01', SHANXI, calendar);
  const late = (today: string, place: LawPlace, doneOn?: string) =>
    judgeResumptionTime(
      { stage: 'PRIMARY', step: 'FILING', dueDate, provisional, today, ...(doneOn && { doneOn }) },
      ON,
      place,
    ).map(({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`);

  it(
    holds('ENR-48', 'the school files within ten working days, the authority decides within ten more'),
    () => {
      expect(dueDate).toBe('2026-09-15');
      expect(resumptionDecisionDue(new Date('2026-09-15T15:59:59Z'), SHANXI, calendar).dueDate).toBe(
        '2026-09-29',
      );
      expect(resumptionDecisionDue(new Date('2026-09-15T16:00:00Z'), SHANXI, calendar).dueDate).toBe(
        '2026-09-30',
      );
      expect(late('2026-09-15', SHANXI)).toEqual([]);
      expect(late('2026-10-30', SHANXI, '2026-09-15')).toEqual([]);
    },
  );

  it(breaks('ENR-48', 'the day after is on record, whether done late or not done'), () => {
    expect(late('2026-09-16', SHANXI)).toEqual(['ENR-48 RECORD RESUMPTION_OVERDUE']);
    expect(late('2026-10-30', SHANXI, '2026-09-16')).toEqual(['ENR-48 RECORD RESUMPTION_OVERDUE']);
    for (const place of [BEIGUAN, ELSEWHERE]) {
      expect(late('2026-09-16', place)).toEqual(['ENR-49 RECORD RESUMPTION_OVERDUE']);
    }
    const decision = {
      stage: 'SENIOR',
      step: 'DECISION',
      dueDate,
      provisional,
      today: '2026-09-16',
    } as const;
    expect(judgeResumptionTime(decision, ON, SHANXI)).toMatchObject([{ ownerLevel: 'COUNTY' }]);
    expect(judgeResumptionTime({ ...decision, provisional: true }, ON, SHANXI)).toEqual([]);
  });
});
