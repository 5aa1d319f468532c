import fc from 'fast-check';
import { breaks, holds } from '#test/support/rules.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { said } from '../testing/said.ts';
import { type EndOfStudiesFacts, judgeBatch, judgeReviewed, outcomesOpen } from './outcome.ts';
import {
  GRADUATION_CONDITIONS,
  type GraduationCondition,
  judgeSeniorGraduation,
  type SeniorGraduationFacts,
  unmetConditions,
} from './senior-graduation.ts';

const ON = '2026-07-01';
const measure = { level: 'DEMERIT', decidedOn: '2026-01-01', endsOn: '2026-07-01', revokedOn: null } as const;

const met: SeniorGraduationFacts = {
  schoolYears: 3,
  curriculumCompleted: true,
  credits: { earned: 144, required: 144 },
  fitnessPassed: true,
  qualityMaterialsMeet: true,
  measures: [],
  test: [
    { subject: 'CHINESE', passed: true },
    { subject: 'PHYSICS', passed: true },
  ],
};

/** For each condition facts that miss it by as little as there is. */
const MISSED: Record<GraduationCondition, Partial<SeniorGraduationFacts>> = {
  STUDY_TIME: { schoolYears: 2 },
  CURRICULUM: { curriculumCompleted: false },
  CREDITS: { credits: { earned: 143, required: 144 } },
  FITNESS: { fitnessPassed: false },
  COMPREHENSIVE_QUALITY: { qualityMaterialsMeet: null },
  CONDUCT: { measures: [measure] },
  ACADEMIC_TEST: { test: [...met.test, { subject: 'HISTORY', passed: false }] },
};

/** Facts that miss these conditions and meet the others. */
const missing = (conditions: readonly GraduationCondition[]): SeniorGraduationFacts =>
  Object.assign({ ...met }, ...conditions.map((condition) => MISSED[condition]));

describe('the graduation of a senior student in Shanxi', () => {
  it(holds('CRT-02', 'follows when all seven conditions are met, each by as little as it asks'), () => {
    expect(judgeSeniorGraduation(met, ON, SHANXI)).toEqual([]);
    expect(unmetConditions({ ...met, schoolYears: 4 }, ON)).toEqual([]);
  });

  it(breaks('CRT-02', 'fails on each condition by itself'), () => {
    for (const condition of GRADUATION_CONDITIONS) {
      const findings = judgeSeniorGraduation({ ...met, ...MISSED[condition] }, ON, SHANXI);
      expect(said(findings)).toEqual(['CRT-02 REJECT GRADUATION_CONDITION_NOT_MET']);
      expect(findings[0]?.path).toEqual(['conditions', condition]);
    }
  });

  it('tells every condition that is missed, in the order of the article', () => {
    fc.assert(
      fc.property(fc.subarray([...GRADUATION_CONDITIONS]), (conditions) => {
        const facts = missing(conditions);
        expect(unmetConditions(facts, ON)).toEqual(conditions);
        expect(judgeSeniorGraduation(facts, ON, SHANXI)).toHaveLength(conditions.length);
      }),
    );
  });

  it('counts no measure that has ended or was revoked, and none below demerit', () => {
    const conduct = (changes: object) =>
      unmetConditions({ ...met, measures: [{ ...measure, ...changes }] }, ON);
    expect(conduct({})).toEqual(['CONDUCT']);
    expect(conduct({ endsOn: '2026-06-30' })).toEqual([]);
    expect(conduct({ revokedOn: ON })).toEqual([]);
    expect(conduct({ level: 'SERIOUS_WARNING' })).toEqual([]);
  });

  it('meets nothing of which nothing is on file', () => {
    const nothing = {
      schoolYears: 3,
      curriculumCompleted: null,
      credits: null,
      fitnessPassed: null,
      qualityMaterialsMeet: null,
      measures: [],
      test: [],
    };
    expect(unmetConditions(nothing, ON)).toEqual([
      'CURRICULUM',
      'CREDITS',
      'FITNESS',
      'COMPREHENSIVE_QUALITY',
      'ACADEMIC_TEST',
    ]);
  });

  it('is the province’s own matter elsewhere and before its rules', () => {
    const missed = { ...met, ...MISSED.CREDITS };
    expect(judgeSeniorGraduation(missed, ON, ELSEWHERE)).toEqual([]);
    expect(judgeSeniorGraduation(missed, '2026-02-09', SHANXI)).toEqual([]);
    expect(judgeSeniorGraduation(missed, '2026-02-10', SHANXI)).toHaveLength(1);
  });
});

describe('the end of studies', () => {
  const facts = (changes: Partial<EndOfStudiesFacts> = {}): EndOfStudiesFacts => ({
    stage: 'SENIOR',
    timeIsUp: true,
    leftUnfinished: false,
    conditions: met,
    ...changes,
  });
  const outcome = (changes: Partial<EndOfStudiesFacts>, place = SHANXI) =>
    outcomesOpen(facts(changes), ON, place).open;

  it(
    holds(
      'ENR-32',
      'is graduation from primary and junior school when the time is up, whatever problem is open',
    ),
    () => {
      expect(outcome({ stage: 'PRIMARY', conditions: null })).toEqual(['GRADUATION']);
      expect(outcome({ stage: 'JUNIOR', conditions: null })).toEqual(['GRADUATION']);
    },
  );

  it('is graduation, completion or incompletion from senior school', () => {
    expect(outcome({})).toEqual(['GRADUATION']);
    expect(outcome({ conditions: { ...met, ...MISSED.FITNESS } })).toEqual(['COMPLETION']);
    expect(outcome({ leftUnfinished: true })).toEqual(['INCOMPLETION']);
    expect(outcome({ conditions: null })).toEqual(['COMPLETION']);
  });

  it('has not come while the time is not up', () => {
    expect(outcome({ timeIsUp: false })).toEqual([]);
    expect(outcome({ timeIsUp: false, stage: 'JUNIOR' })).toEqual([]);
    expect(said(outcomesOpen(facts({ leftUnfinished: true, stage: 'JUNIOR' }), ON, SHANXI).findings)).toEqual(
      ['CRT-05 REJECT TYPE_NOT_APPLICABLE'],
    );
  });

  it(
    holds('CRT-04', 'is what the school claims where no text sets conditions: graduation or completion'),
    () => {
      const either = ['GRADUATION', 'COMPLETION'];
      for (const conditions of [null, met, { ...met, ...MISSED.CREDITS }]) {
        expect(outcome({ conditions }, ELSEWHERE)).toEqual(either);
        expect(outcome({ conditions, stage: 'JUNIOR' }, BEIGUAN)).toEqual(either);
        expect(outcome({ conditions, stage: 'PRIMARY' }, ELSEWHERE)).toEqual(['GRADUATION']);
      }
      expect(outcomesOpen(facts({ stage: 'JUNIOR' }), '2026-02-09', SHANXI).open).toEqual(either);
      expect(outcome({ leftUnfinished: true, stage: 'JUNIOR' }, ELSEWHERE)).toEqual(['INCOMPLETION']);
    },
  );

  it(holds('CRT-07', 'is judged student by student, and who qualifies proceeds'), () => {
    const batch = judgeBatch(
      [
        { student: 1, claimed: 'GRADUATION', facts: facts() },
        {
          student: 2,
          claimed: 'GRADUATION',
          facts: facts({ conditions: { ...met, ...MISSED.CREDITS, ...MISSED.FITNESS } }),
        },
        { student: 3, claimed: 'COMPLETION', facts: facts({ conditions: { ...met, ...MISSED.CREDITS } }) },
        { student: 4, claimed: 'INCOMPLETION', facts: facts({ leftUnfinished: true }) },
      ],
      ON,
      SHANXI,
    );
    expect(batch.proceed).toEqual([
      { student: 1, outcome: 'GRADUATION' },
      { student: 3, outcome: 'COMPLETION' },
      { student: 4, outcome: 'INCOMPLETION' },
    ]);
    expect(
      batch.held.map(({ student, findings }) => [student, findings.map(({ path }) => path?.[1])]),
    ).toEqual([[2, ['CREDITS', 'FITNESS']]]);
    expect(judgeReviewed({ stage: 'SENIOR', reviewed: true }, ON, SHANXI)).toEqual([]);
  });

  it(
    breaks('CRT-07', 'is no other than the record shows, and no certificate comes before the review'),
    () => {
      const held = (
        claimed: 'GRADUATION' | 'COMPLETION',
        changes: Partial<EndOfStudiesFacts>,
        place = SHANXI,
      ) =>
        judgeBatch([{ student: 1, claimed, facts: facts(changes) }], ON, place).held.flatMap(({ findings }) =>
          said(findings),
        );
      expect(held('COMPLETION', {})).toEqual(['CRT-07 REJECT OUTCOME_CONTRADICTED']);
      expect(held('GRADUATION', { timeIsUp: false })).toEqual(['CRT-07 REJECT OUTCOME_CONTRADICTED']);
      expect(held('GRADUATION', { timeIsUp: false }, ELSEWHERE)).toEqual([
        'ENR-30 REJECT OUTCOME_CONTRADICTED',
      ]);
      expect(held('COMPLETION', { stage: 'JUNIOR', conditions: null })).toEqual([
        'CRT-04 REJECT TYPE_NOT_APPLICABLE',
      ]);
      expect(said(judgeReviewed({ stage: 'SENIOR', reviewed: false }, ON, SHANXI))).toEqual([
        'CRT-07 REJECT OUTCOME_NOT_REVIEWED',
      ]);
    },
  );

  it('keeps every student of a batch, once and on one side', () => {
    const one = fc.record({
      claimed: fc.constantFrom('GRADUATION' as const, 'COMPLETION' as const, 'INCOMPLETION' as const),
      stage: fc.constantFrom('PRIMARY' as const, 'JUNIOR' as const, 'SENIOR' as const),
      timeIsUp: fc.boolean(),
      leftUnfinished: fc.boolean(),
      missed: fc.subarray([...GRADUATION_CONDITIONS]),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 20 }), (pupils) => {
        const claims = pupils.map(({ claimed, missed, ...rest }, student) => ({
          student,
          claimed,
          facts: {
            ...rest,
            conditions: missing(missed),
          },
        }));
        const { proceed, held } = judgeBatch(claims, ON, SHANXI);
        const students = [...proceed, ...held].map(({ student }) => student).toSorted((a, b) => a - b);
        expect(students).toEqual(pupils.map((_, student) => student));
        for (const { findings } of held) expect(findings.length).toBeGreaterThan(0);
      }),
    );
  });
});
