import { breaks, holds } from '#test/support/rules.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { movedHousehold, receivingSchool, sendingSchool, transferPupil } from '../testing/transfer.ts';
import {
  ACROSS,
  across,
  at,
  IN_BEIGUAN,
  IN_ELSEWHERE,
  IN_SHANXI,
  SENIOR,
  said,
  seniors,
} from '../testing/transfer-start.ts';
import type { TransferStartFacts } from './start-facts.ts';

describe('the start of a case, by its kind', () => {
  it('of a senior pupil is judged by Shanxi’s rules on county, ground, tests and examination', () => {
    const county = seniors({ target: receivingSchool({ ...SENIOR, county: '140106' }) });
    expect(said(county, IN_SHANXI)).toEqual(['BOTH TRF-15 REJECT SAME_ADMISSION_AREA']);
    const ground = seniors({ reason: movedHousehold({ ground: 'RESIDENCE_CHANGE' }) });
    expect(said(ground, IN_SHANXI)).toEqual(['TARGET TRF-11 REJECT SENIOR_GROUND_NOT_MET']);
    const tests = seniors({
      ...ACROSS,
      papers: {
        reasonProofUploaded: true,
        paperForm: false,
        academicTest: { hasSatAcademicTest: true, proofOnFile: false },
      },
    });
    expect(said(tests, across(ELSEWHERE, SHANXI))).toEqual([
      'TARGET TRF-30 HOLD ACADEMIC_TEST_PROOF_MISSING',
    ]);
    expect(said(tests, across(SHANXI, ELSEWHERE))).toEqual([]);
    const third = { stage: 'SENIOR', grade: 3, examRegistrationEndsOn: '2026-11-10' } as const;
    const graduating = seniors({
      source: sendingSchool(third),
      target: receivingSchool(third),
      appliedOn: '2026-09-10',
    });
    expect(said(graduating, IN_SHANXI, at('2026-11-10T23:59:59'))).toEqual([]);
    expect(said(graduating, IN_SHANXI, at('2026-11-11T00:00:00'))).toEqual([
      'BOTH TRF-16 HOLD EXAM_REGISTRATION_CLOSED',
    ]);
  });

  const intoVocational = (changes: Partial<TransferStartFacts> = {}) =>
    seniors({
      kind: 'ORDINARY_VOCATIONAL_TRANSFER',
      target: receivingSchool({ ...SENIOR, vocational: true, county: '140106' }),
      appliedOn: '2027-03-07',
      ...changes,
    });

  it('between senior and vocational schools knows neither county nor household, but windows of its own', () => {
    const instant = at('2027-03-08T09:00:00');
    expect(said(intoVocational(), IN_SHANXI, instant)).toEqual([]);
    expect(said(intoVocational({ appliedOn: '2027-03-08' }), IN_SHANXI, instant)).toEqual([
      'BOTH TRF-27 REJECT OUTSIDE_VOCATIONAL_WINDOW',
    ]);
    const back = seniors({
      kind: 'ORDINARY_VOCATIONAL_TRANSFER',
      source: sendingSchool({ ...SENIOR, vocational: true }),
      reason: movedHousehold({ admissionConditionMet: false }),
      appliedOn: '2027-03-16',
    });
    expect(said(back, IN_SHANXI, at('2027-03-16T09:00:00'))).toEqual([
      'TARGET TRF-06 HOLD OUTSIDE_ACCEPTANCE_WINDOW',
      'BOTH TRF-28 REJECT ADMISSION_CONDITION_NOT_MET',
    ]);
  });

  it(holds('TRF-25', 'into a private school goes on once its authorities have weighed it'), () => {
    const target = receivingSchool({ ownership: 'PRIVATE' });
    expect(said({ target, privateSchoolReviewed: true }, IN_SHANXI)).toEqual([]);
    expect(said({ target }, IN_ELSEWHERE)).toEqual([]);
  });

  it(breaks('TRF-25', 'into a private school waits for them from the start on'), () => {
    const target = receivingSchool({ ownership: 'PRIVATE' });
    expect(said({ target }, IN_SHANXI)).toEqual(['TARGET TRF-25 HOLD PRIVATE_SCHOOL_QUOTA_REVIEW']);
  });

  it('of study looks at the graduate, the window and the year, and at nothing that transfers ask', () => {
    const study: Partial<TransferStartFacts> = {
      kind: 'CROSS_PROVINCE_STUDY',
      pupil: transferPupil({ status: 'GRADUATED', underDiscipline: true }),
      source: sendingSchool({ grade: 6 }),
      target: receivingSchool({
        stage: 'JUNIOR',
        grade: 1,
        ownership: 'PRIVATE',
        seats: { grade: { enrolled: 45, reserved: 0, capacity: 45 } },
      }),
      appliedOn: '2026-12-01',
      prefilingApproved: false,
    };
    expect(said(study, across(ELSEWHERE, SHANXI))).toEqual([]);
    expect(said(study, across(SHANXI, BEIGUAN))).toEqual([]);
    expect(said(study, across(ELSEWHERE, SHANXI), at('2026-12-15T00:00:00'))).toEqual([
      'NATION TRF-38 REJECT CROSS_PROVINCE_STUDY_WINDOW_CLOSED',
    ]);
    expect(said(study, IN_SHANXI)).toEqual(['TARGET TRF-35 REJECT WRONG_CASE_KIND']);
    expect(said({ ...study, pupil: transferPupil() }, across(ELSEWHERE, SHANXI))).toEqual([
      'BOTH ENR-27 REJECT NOT_GRADUATED',
    ]);
    const graduate = (goingOn: { assessedOn: string; supports: boolean } | null) =>
      said({ ...study, pupil: transferPupil({ status: 'GRADUATED', goingOn }) }, across(ELSEWHERE, SHANXI));
    expect(graduate({ assessedOn: '2026-07-01', supports: true })).toEqual([]);
    expect(graduate(null)).toEqual(['SOURCE ENR-24 REJECT ASSESSMENT_MISSING']);
    expect(said({ ...study, pupil: transferPupil({ goingOn: null }) }, across(ELSEWHERE, SHANXI))).toEqual([
      'BOTH ENR-27 REJECT NOT_GRADUATED',
    ]);
  });

  it('of a kindergarten child is judged without the rules of schools, once preschool registration is in use', () => {
    const small = { stage: 'PRESCHOOL', grade: 2 } as const;
    const child: Partial<TransferStartFacts> = {
      pupil: transferPupil({ birthDate: '2021-05-06' }),
      source: sendingSchool(small),
      target: receivingSchool({ ...small, seats: { grade: { enrolled: 45, reserved: 0, capacity: 45 } } }),
      appliedOn: '2026-12-01',
    };
    for (const places of [IN_SHANXI, IN_BEIGUAN, IN_ELSEWHERE]) {
      expect(said(child, places, at('2026-07-20T09:00:00'))).toEqual([]);
    }
    expect(said({ ...child, pupil: transferPupil({ openCase: true }) }, IN_SHANXI)).toEqual([
      'NATION TRF-01 REJECT ACTIVE_CASE_EXISTS',
    ]);
    expect(said(child, IN_ELSEWHERE, at('2025-12-28T09:00:00'))).toEqual([
      'NATION ORG-27 REJECT PRESCHOOL_NOT_ENABLED',
    ]);
  });

  it('from a kindergarten into a school is no transfer, and is judged as one all the same', () => {
    const entry = {
      source: sendingSchool({ stage: 'PRESCHOOL', grade: 3 }),
      target: receivingSchool({ grade: 2 }),
      application: { wantedBy: 'FAMILY', guardianApplied: false, writtenApplication: false } as const,
    };
    expect(said(entry, IN_SHANXI)).toEqual([
      'TARGET TRF-35 REJECT WRONG_CASE_KIND',
      'BOTH TRF-05 REJECT GUARDIAN_APPLICATION_MISSING',
      'TARGET ENR-69 REJECT GRADE_MISMATCH',
    ]);
  });
});
