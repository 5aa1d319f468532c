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
  judge,
  said,
  seniors,
} from '../testing/transfer-start.ts';
import type { TransferStartFacts } from './start-facts.ts';

describe('the start of a case', () => {
  it('is lawful in each of the three places, within the province and across', () => {
    for (const places of [IN_SHANXI, IN_BEIGUAN, IN_ELSEWHERE]) {
      expect(said({}, places)).toEqual([]);
      expect(said(seniors(), places)).toEqual([]);
    }
    expect(said(ACROSS, across(BEIGUAN, SHANXI))).toEqual([]);
    expect(said(ACROSS, across(SHANXI, BEIGUAN))).toEqual([]);
    expect(said(ACROSS, across(SHANXI, ELSEWHERE))).toEqual([]);
  });

  it('tells of a side whose province’s text is not at hand', () => {
    const unknown = judge({}, IN_BEIGUAN).map(({ side, code }) => `${side} ${code}`);
    expect(unknown).toEqual(['BOTH LAYER_TEXT_UNKNOWN']);
    expect(judge(ACROSS, across(BEIGUAN, ELSEWHERE)).map(({ side }) => side)).toEqual(['SOURCE']);
    const before = { appliedOn: '2026-02-05' };
    expect(judge(before, IN_SHANXI, at('2026-02-09T12:00:00')).map(({ code }) => code)).toEqual([
      'LAYER_TEXT_UNKNOWN',
    ]);
    expect(judge({}, IN_ELSEWHERE)).toEqual([]);
  });

  it('is told every finding at once, each with whose law it is', () => {
    const wrong: Partial<TransferStartFacts> = {
      kind: 'CROSS_PROVINCE_TRANSFER',
      pupil: transferPupil({ status: 'SUSPENDED', underDiscipline: true, openCase: true }),
      appliedOn: '2026-07-10',
      source: sendingSchool({ grade: 1 }),
      target: receivingSchool({
        grade: 2,
        seats: { grade: { enrolled: 45, reserved: 0, capacity: 45 } },
      }),
      reason: movedHousehold({ proven: false }),
      application: { wantedBy: 'SCHOOL', guardianApplied: false, writtenApplication: false },
      papers: {
        reasonProofUploaded: false,
        paperForm: true,
        academicTest: { hasSatAcademicTest: true, proofOnFile: false },
      },
      handling: { mode: 'OFFLINE_FIRST', faultReference: null, familyWishes: true },
      prefilingApproved: false,
    };
    expect(said(wrong, across(BEIGUAN, SHANXI), at('2026-07-20T09:00:00'))).toEqual([
      'NATION TRF-01 REJECT ACTIVE_CASE_EXISTS',
      'SOURCE TRF-20 REJECT SUSPENDED',
      'TARGET TRF-19 REJECT SUSPENDED',
      'TARGET TRF-19 REJECT UNDER_DISCIPLINE',
      'SOURCE TRF-05 REJECT GUARDIAN_APPLICATION_MISSING',
      'SOURCE TRF-44 REJECT FORCED_TRANSFER',
      'TARGET TRF-05 REJECT GUARDIAN_APPLICATION_MISSING',
      'NATION TRF-08 REJECT TRANSFER_INITIATION_SUSPENDED',
      'TARGET ORG-28 HOLD CALENDAR_MISSING',
      'TARGET TRF-10 REJECT GROUND_NOT_MET',
      'TARGET TRF-09 REJECT NO_PLACE_AVAILABLE',
      'TARGET TRF-10 WARN COUNTY_ARRANGEMENT_REQUESTED',
      'TARGET TRF-17 REJECT GRADE_CHANGE_FORBIDDEN',
      'NATION TRF-22 REJECT REASON_PROOF_MISSING',
      'NATION TRF-24 REJECT NO_FAULT_DECLARED',
    ]);
  });

  it('before the first measure rests on nothing', () => {
    expect(said({}, IN_SHANXI, at('2013-08-31T12:00:00'))).toEqual([
      'NATION ORG-25 REJECT POLICY_NOT_IN_FORCE',
    ]);
  });

  it(holds('ORG-27', 'each side is judged by its own law: Shanxi’s window binds who comes to Shanxi'), () => {
    const late = { ...ACROSS, appliedOn: '2026-10-20' };
    expect(said(late, across(SHANXI, BEIGUAN))).toEqual([]);
    expect(said(late, across(SHANXI, ELSEWHERE))).toEqual([]);
    expect(said({ appliedOn: '2026-10-20' }, IN_BEIGUAN)).toEqual([]);
  });

  it(breaks('ORG-27', 'and no law reaches the other side’s school'), () => {
    const late = { ...ACROSS, appliedOn: '2026-10-20' };
    expect(said(late, across(BEIGUAN, SHANXI))).toEqual(['TARGET TRF-06 HOLD OUTSIDE_ACCEPTANCE_WINDOW']);
    expect(said({ appliedOn: '2026-10-20' }, IN_SHANXI)).toEqual([
      'TARGET TRF-06 HOLD OUTSIDE_ACCEPTANCE_WINDOW',
    ]);
    expect(said({ appliedOn: '2026-11-01' }, IN_BEIGUAN)).toEqual([
      'TARGET TRF-07 HOLD OUTSIDE_ACCEPTANCE_WINDOW',
    ]);
  });

  it('that was applied for in the window may come after it, and is stopped by the instant of the start alone', () => {
    expect(said({ appliedOn: '2026-09-15' }, IN_SHANXI, at('2026-11-20T09:00:00'))).toEqual([]);
    expect(said({}, IN_ELSEWHERE, at('2026-07-14T23:59:59'))).toEqual([]);
    expect(said({}, IN_ELSEWHERE, at('2026-07-15T00:00:00'))).toEqual([
      'NATION TRF-08 REJECT TRANSFER_INITIATION_SUSPENDED',
    ]);
    expect(said({}, IN_ELSEWHERE, at('2026-08-15T00:00:00'))).toEqual([]);
  });

  it('asks each school’s own grade and calendar whether its grade is closed', () => {
    const starting = { source: sendingSchool({ grade: 1 }), target: receivingSchool({ grade: 1 }) };
    expect(said(starting, IN_SHANXI)).toEqual(['BOTH TRF-14 HOLD GRADE_TERM_CLOSED']);
    expect(said({ ...starting, ...ACROSS }, across(SHANXI, ELSEWHERE))).toEqual([
      'SOURCE TRF-14 HOLD GRADE_TERM_CLOSED',
    ]);
    const later = [
      { schoolYear: 2026, season: 'AUTUMN' as const, opensOn: '2026-09-14', closesOn: '2027-01-22' },
    ];
    const opensLater = {
      ...starting,
      target: receivingSchool({ grade: 1, terms: later }),
      appliedOn: '2026-09-14',
    };
    expect(said(opensLater, IN_SHANXI)).toEqual(['SOURCE TRF-14 HOLD GRADE_TERM_CLOSED']);
  });

  it('matches years between school systems, a sixth year into the first junior grade', () => {
    const sixth = {
      source: sendingSchool({ grade: 6 }),
      target: receivingSchool({ stage: 'JUNIOR', grade: 1, system: 'S54' }),
    };
    expect(said(sixth, IN_ELSEWHERE)).toEqual([]);
    expect(said(sixth, IN_SHANXI)).toEqual(['TARGET TRF-14 HOLD GRADE_TERM_CLOSED']);
  });

  it('inside Beiguan waits for the bureau, and before the filing too', () => {
    const inside = {
      source: sendingSchool({ county: '410503' }),
      target: receivingSchool({ county: '410503' }),
    };
    const places = across(BEIGUAN, BEIGUAN);
    const other = { ...inside, reason: movedHousehold({ ground: 'OTHER' }) };
    expect(said(other, places)).toEqual([
      'TARGET TRF-12 HOLD GROUND_NOT_MET',
      'BOTH TRF-13 HOLD INTRA_DISTRICT_TRANSFER',
    ]);
    expect(said(inside, places)).toEqual([]);
    expect(said({ ...inside, prefilingApproved: false }, places)).toEqual([
      'BOTH TRF-13 HOLD INTRA_DISTRICT_TRANSFER',
      'TARGET TRF-46 HOLD PREFILING_REQUIRED',
    ]);
  });

  it(holds('ENR-22', 'a pupil of a specialised school may be transferred to another ordinary school'), () => {
    expect(said({}, IN_SHANXI)).toEqual([]);
  });

  it(breaks('ENR-22', 'no registration is transferred to a specialised school'), () => {
    expect(said({ target: receivingSchool({ specialized: true }) }, IN_SHANXI)).toEqual([
      'BOTH ENR-22 REJECT SPECIALIZED_SCHOOL_NO_TRANSFER',
    ]);
  });

  it(
    breaks('ENR-04', 'a child of five who comes from another province waits for the receiving county'),
    () => {
      const young = { ...ACROSS, pupil: transferPupil({ birthDate: '2020-09-01' }) };
      const first = { ...young, source: sendingSchool({ grade: 1 }), target: receivingSchool({ grade: 1 }) };
      expect(said(first, across(BEIGUAN, ELSEWHERE))).toEqual([
        'TARGET ENR-04 HOLD UNDER_AGE_CROSS_PROVINCE',
      ]);
      expect(said({ ...first, kind: 'IN_PROVINCE_TRANSFER' }, IN_ELSEWHERE)).toEqual([]);
    },
  );
});
