import { breaks, holds } from '#test/support/rules.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { said } from '../testing/said.ts';
import {
  admissionProcessingBy,
  graduationOperationBy,
  judgeAdmissionProcessing,
  judgeGraduationOperation,
  judgeOpenTransfer,
  judgeProblemAtGraduation,
  judgeTimeOfStudy,
  problemRecordOwner,
} from './graduation.ts';

const PLACES = [SHANXI, BEIGUAN, ELSEWHERE];

describe('the yearly run', () => {
  it(holds('ENR-30', 'the graduation operation is in time on 30 July'), () => {
    for (const place of PLACES) {
      expect(graduationOperationBy(2026, place)).toBe('2026-07-30');
      expect(judgeGraduationOperation({ year: 2026, doneOn: '2026-07-30' }, '2026-09-01', place)).toEqual([]);
      expect(judgeGraduationOperation({ year: 2026, doneOn: null }, '2026-07-30', place)).toEqual([]);
    }
    expect(graduationOperationBy(2014, ELSEWHERE)).toBeUndefined();
    expect(graduationOperationBy(2010, ELSEWHERE)).toBeUndefined();
    expect(judgeGraduationOperation({ year: 2014, doneOn: '2014-08-30' }, '2026-09-01', ELSEWHERE)).toEqual(
      [],
    );
  });

  it(breaks('ENR-30', 'a day later it is on record and done all the same'), () => {
    for (const place of PLACES) {
      for (const doneOn of ['2026-07-31', null]) {
        expect(judgeGraduationOperation({ year: 2026, doneOn }, '2026-07-31', place)).toMatchObject([
          { ruleId: 'ENR-30', outcome: 'RECORD', code: 'GRADUATION_OPERATION_LATE' },
        ]);
      }
    }
  });

  it(
    holds('ENR-30', 'a class graduates from 1 June of the summer in which its years are over, and later'),
    () => {
      const years = { entryYearAdj: 2023, lastGrade: 3 };
      for (const on of ['2026-06-01', '2026-07-05', '2027-01-10'])
        expect(judgeTimeOfStudy(years, on, SHANXI)).toEqual([]);
    },
  );

  it(
    breaks('ENR-30', 'the next class does not graduate a year early, though it is the last grade by then'),
    () => {
      const next = { entryYearAdj: 2024, lastGrade: 3 };
      for (const on of ['2026-08-15', '2027-05-31'])
        expect(said(judgeTimeOfStudy(next, on, SHANXI))).toEqual(['ENR-30 REJECT TIME_OF_STUDY_NOT_OVER']);
    },
  );

  it(holds('ENR-33', 'the admission processing is in time on 30 November'), () => {
    for (const place of PLACES) {
      expect(admissionProcessingBy(2026, place)).toBe('2026-11-30');
      expect(judgeAdmissionProcessing({ year: 2026, doneOn: null }, '2026-11-30', place)).toEqual([]);
    }
  });

  it(breaks('ENR-33', 'on 1 December it is on record'), () => {
    for (const place of PLACES) {
      expect(judgeAdmissionProcessing({ year: 2026, doneOn: null }, '2026-12-01', place)).toMatchObject([
        { ruleId: 'ENR-33', outcome: 'RECORD', code: 'ADMISSION_PROCESSING_LATE' },
      ]);
    }
  });
});

describe('what is open when a pupil graduates', () => {
  const graduatedAt = new Date('2026-07-10T10:00:00+08:00');

  it(holds('ENR-31', 'a transfer started afterwards goes on'), () => {
    for (const place of PLACES) {
      expect(judgeOpenTransfer({ startedAt: graduatedAt, graduatedAt }, place)).toEqual([]);
    }
  });

  it(breaks('ENR-31', 'one started before is purged, with an entry on record'), () => {
    const startedAt = new Date('2026-07-10T09:59:59.999+08:00');
    for (const place of PLACES) {
      expect(judgeOpenTransfer({ startedAt, graduatedAt }, place)).toMatchObject([
        { ruleId: 'ENR-31', outcome: 'RECORD', code: 'PURGED_BY_GRADUATION' },
      ]);
    }
  });

  it(holds('ENR-32', 'a problem record is settled on by the admitting school, or falls away'), () => {
    const owner = (graduated: boolean, admitted: boolean, admissionOver: boolean) =>
      problemRecordOwner({ graduated, admitted, admissionOver });
    expect(owner(false, false, false)).toBe('SCHOOL');
    expect(owner(true, false, false)).toBe('SCHOOL');
    expect(owner(true, true, true)).toBe('ADMITTING_SCHOOL');
    expect(owner(true, false, true)).toBe('NOBODY');
  });
});

describe('a problem record at graduation', () => {
  const at = (settled: boolean, graduatedOn: string | null) =>
    judgeProblemAtGraduation({ settled, graduatedOn }, '2032-07-06', ELSEWHERE);

  it(holds('ENR-31', 'settled before, or of a pupil who has not graduated, leaves nothing on record'), () => {
    expect(at(true, '2032-07-05')).toEqual([]);
    expect(at(false, null)).toEqual([]);
  });

  it(breaks('ENR-31', 'not settled is on record and purged by nobody'), () => {
    expect(at(false, '2032-07-05')).toMatchObject([
      { ruleId: 'ENR-31', outcome: 'RECORD', code: 'PROBLEM_RECORD_OPEN_AT_GRADUATION' },
    ]);
  });
});
