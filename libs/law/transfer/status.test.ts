import { breaks, holds } from '#test/support/rules.ts';
import type { EnrollmentStatus } from '../enrollment/status.ts';
import type { LawPlace } from '../layers.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { judgeRunning, judgeTransferStatus, type TransferStatusFacts } from './status.ts';

const ON = '2026-09-07';
const PLACES = [SHANXI, BEIGUAN, ELSEWHERE];
const codes = (findings: { outcome: string; ruleId: string; code: string }[]) =>
  findings.map(({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`);
const judge = (changes: Partial<TransferStatusFacts> = {}, place: LawPlace = ELSEWHERE, on = ON) =>
  codes(
    judgeTransferStatus(
      {
        kind: 'CROSS_PROVINCE_TRANSFER',
        status: 'IN_SCHOOL',
        stage: 'JUNIOR',
        underDiscipline: false,
        ...changes,
      },
      on,
      place,
    ),
  );

describe('one registration', () => {
  it(holds('TRF-01', 'a pupil without a running case, registered elsewhere, may move'), () => {
    for (const place of PLACES) {
      expect(judgeRunning({ openCase: false, registeredAtTarget: false }, ON, place)).toEqual([]);
    }
  });

  it(breaks('TRF-01', 'a second case, and one to where the pupil already is, are refused together'), () => {
    for (const place of PLACES) {
      expect(codes(judgeRunning({ openCase: true, registeredAtTarget: true }, ON, place))).toEqual([
        'TRF-01 REJECT ACTIVE_CASE_EXISTS',
        'TRF-01 REJECT ACTIVE_ENROLLMENT_EXISTS',
      ]);
    }
    expect(
      codes(judgeRunning({ openCase: true, registeredAtTarget: false }, '2013-09-01', ELSEWHERE)),
    ).toEqual(['TRF-01 REJECT ACTIVE_CASE_EXISTS']);
  });
});

describe('the status of a pupil who is to be transferred', () => {
  it(holds('TRF-21', 'in school, abroad, left, withdrawn or expelled: straight away, everywhere'), () => {
    for (const place of PLACES) {
      for (const status of ['IN_SCHOOL', 'ABROAD', 'LEFT_OTHER', 'WITHDRAWN', 'EXPELLED'] as const) {
        expect(judge({ status, stage: 'SENIOR' }, place)).toEqual([]);
      }
    }
  });

  it.each<EnrollmentStatus>([
    'PENDING_APPROVAL',
    'RETURNED_TO_SCHOOL',
    'REFUSED',
    'GRADUATED',
    'ADMITTED',
    'COMPLETED',
    'CANCELLED',
    'ADMISSION_CANCELLED',
  ])(breaks('TRF-21', 'no other state: %s'), (status) => {
    for (const place of PLACES) {
      expect(judge({ status }, place)).toEqual(['TRF-21 REJECT STATUS_NOT_TRANSFERABLE']);
    }
  });

  it('is mended by the authority that has yet to approve, else by the school', () => {
    const owner = (status: EnrollmentStatus) =>
      judgeTransferStatus(
        { kind: 'IN_PROVINCE_TRANSFER', status, stage: 'JUNIOR', underDiscipline: false },
        ON,
        SHANXI,
      )[0]?.ownerLevel;
    expect([owner('PENDING_APPROVAL'), owner('ADMITTED')]).toEqual(['COUNTY', 'SCHOOL']);
  });

  it('allowed before the notice of 2016 nobody but a pupil in school', () => {
    expect(judge({}, ELSEWHERE, '2016-06-05')).toEqual([]);
    expect(judge({ status: 'ABROAD' }, ELSEWHERE, '2016-06-05')).toEqual([
      'TRF-01 REJECT STATUS_NOT_TRANSFERABLE',
    ]);
    expect(judge({ status: 'ABROAD' }, ELSEWHERE, '2016-06-06')).toEqual([]);
  });

  it(holds('TRF-20', 'one who has resumed moves'), () => {
    expect(judge({ status: 'IN_SCHOOL' }, BEIGUAN)).toEqual([]);
  });

  it(breaks('TRF-20', 'a suspended one resumes first'), () => {
    for (const place of [BEIGUAN, ELSEWHERE]) {
      expect(judge({ status: 'SUSPENDED' }, place)).toEqual(['TRF-20 REJECT SUSPENDED']);
    }
  });

  it(holds('TRF-19', 'in Shanxi one who is neither suspended nor under discipline'), () => {
    expect(judge({}, SHANXI)).toEqual([]);
    for (const place of [BEIGUAN, ELSEWHERE]) expect(judge({ underDiscipline: true }, place)).toEqual([]);
    expect(judge({ underDiscipline: true }, SHANXI, '2026-02-09')).toEqual([]);
  });

  it(breaks('TRF-19', 'during suspension or discipline nobody moves there, and both are told'), () => {
    expect(judge({ status: 'SUSPENDED', underDiscipline: true }, SHANXI, '2026-02-10')).toEqual([
      'TRF-19 REJECT SUSPENDED',
      'TRF-19 REJECT UNDER_DISCIPLINE',
    ]);
  });

  it(holds('ENR-27', 'a graduate goes on to study in another province'), () => {
    expect(judge({ kind: 'CROSS_PROVINCE_STUDY', status: 'GRADUATED' }, SHANXI)).toEqual([]);
  });

  it(breaks('ENR-27', 'nobody else does, whatever the discipline'), () => {
    for (const status of ['IN_SCHOOL', 'ADMITTED', 'SUSPENDED', 'CANCELLED'] as const) {
      expect(judge({ kind: 'CROSS_PROVINCE_STUDY', status, underDiscipline: true }, SHANXI)).toEqual([
        'ENR-27 REJECT NOT_GRADUATED',
      ]);
    }
  });
});
