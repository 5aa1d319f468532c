import { breaks, holds } from '#test/support/rules.ts';
import { workingDayCalendar } from '../calendar/working-day-calendar.ts';
import type { LawPlace } from '../finding.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { judgeImproperAdmission } from './improper-admission.ts';
import {
  type AdmissionCancellationFacts,
  judgeAdmissionCancellation,
  judgeNoShow,
  type NoShowFacts,
} from './no-show.ts';

const calendar = workingDayCalendar();
const ON = '2026-10-09';
const said = (findings: ReturnType<typeof judgeNoShow>) =>
  findings.map(({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`);
const judge = (on: string, changes: Partial<NoShowFacts> = {}, place: LawPlace = SHANXI) =>
  said(
    judgeNoShow(
      { stage: 'JUNIOR', opensOn: '2026-09-01', extendedUntil: null, reported: false, ...changes },
      on,
      place,
      calendar,
    ),
  );

describe('a pupil who does not come', () => {
  it(holds('ENR-14', 'is waited for until the tenth working day, or the end of the extension'), () => {
    expect(judge('2026-09-15')).toEqual([]);
    expect(judge('2026-09-29', { extendedUntil: '2026-09-29' })).toEqual([]);
    expect(judge('2026-10-09', { reported: true })).toEqual([]);
  });

  it(
    breaks('ENR-14', 'is a no-show from the next day: for the ledger, or for the authority’s consent'),
    () => {
      expect(judge('2026-09-16')).toEqual(['ENR-14 RECORD NO_SHOW']);
      expect(judge('2026-09-30', { extendedUntil: '2026-09-29' })).toEqual(['ENR-14 RECORD NO_SHOW']);
      const facts = { opensOn: '2026-09-01', extendedUntil: null, reported: false } as const;
      const remedy = (stage: 'PRIMARY' | 'SENIOR') =>
        judgeNoShow({ ...facts, stage }, '2026-09-16', SHANXI, calendar)[0]?.remedy;
      expect(remedy('PRIMARY')).toContain('控辍保学');
      expect(remedy('SENIOR')).toContain('同意');
    },
  );

  it('is a rule of Shanxi', () => {
    for (const place of [BEIGUAN, ELSEWHERE]) expect(judge('2026-12-01', {}, place)).toEqual([]);
    expect(judge('2025-12-01', { opensOn: '2025-09-01' })).toEqual([]);
  });

  it('is on record only when the day is certain', () => {
    expect(judge('2030-12-01', { opensOn: '2030-09-02' })).toEqual([]);
    expect(judge('2030-12-01', { opensOn: '2030-09-02', extendedUntil: '2030-09-30' })).toHaveLength(1);
  });
});

describe('the cancelling of an admission', () => {
  const cancel = (changes: Partial<AdmissionCancellationFacts> = {}, place: LawPlace = SHANXI) =>
    said(
      judgeAdmissionCancellation(
        { stage: 'SENIOR', noShow: true, authorityConsents: true, authorityLevel: 'CITY', ...changes },
        ON,
        place,
      ),
    );

  it(holds('ENR-14', 'is done at a senior school once the authority has agreed'), () => {
    expect(cancel()).toEqual([]);
  });

  it(
    breaks('ENR-14', 'waits for the authority, comes not too early, and never hits a compulsory pupil'),
    () => {
      expect(cancel({ authorityConsents: false })).toEqual(['ENR-14 HOLD ADMISSION_CANCELLED']);
      expect(cancel({ noShow: false })).toEqual(['ENR-14 REJECT ADMISSION_CANCELLATION_TOO_EARLY']);
      for (const stage of ['PRIMARY', 'JUNIOR'] as const) {
        expect(cancel({ stage })).toEqual(['ENR-14 REJECT ADMISSION_CANCELLATION_COMPULSORY']);
      }
    },
  );

  it('is refused where no text provides for it', () => {
    expect(cancel({}, ELSEWHERE)).toEqual(['ORG-27 REJECT POLICY_UNRESOLVED']);
    expect(cancel({}, BEIGUAN)).toEqual([
      'ORG-27 REJECT POLICY_UNRESOLVED',
      'ORG-27 WARN LAYER_TEXT_UNKNOWN',
    ]);
  });

  it('names the level that has to agree', () => {
    const facts = { stage: 'SENIOR', noShow: true, authorityConsents: false } as const;
    for (const authorityLevel of ['COUNTY', 'CITY', 'PROVINCE'] as const) {
      expect(judgeAdmissionCancellation({ ...facts, authorityLevel }, ON, SHANXI)[0]?.ownerLevel).toBe(
        authorityLevel,
      );
    }
  });
});

describe('a place won by improper means', () => {
  const judgeImproper = (
    stage: 'PRIMARY' | 'JUNIOR' | 'SENIOR',
    check: 'PENDING' | 'CONFIRMED' | 'UNFOUNDED',
    authorityConsents = false,
    place: LawPlace = SHANXI,
  ) => said(judgeImproperAdmission({ stage, check, authorityConsents, authorityLevel: 'COUNTY' }, ON, place));

  it(holds('ENR-15', 'a senior admission ends when the check and the authority agree'), () => {
    expect(judgeImproper('SENIOR', 'CONFIRMED', true)).toEqual([]);
  });

  it(breaks('ENR-15', 'first it is checked; compulsory pupils are given a school, never put out'), () => {
    expect(judgeImproper('SENIOR', 'PENDING', true)).toEqual(['ENR-15 HOLD IMPROPER_ADMISSION_UNCHECKED']);
    expect(judgeImproper('SENIOR', 'UNFOUNDED', true)).toEqual([
      'ENR-15 REJECT IMPROPER_ADMISSION_UNFOUNDED',
    ]);
    expect(judgeImproper('SENIOR', 'CONFIRMED')).toEqual(['ENR-15 HOLD ADMISSION_CANCELLED']);
    for (const stage of ['PRIMARY', 'JUNIOR'] as const) {
      expect(judgeImproper(stage, 'CONFIRMED', true)).toEqual(['ENR-15 RECORD REASSIGN_SCHOOL']);
    }
  });

  it('takes nothing from a pupil where no text provides for it', () => {
    for (const place of [BEIGUAN, ELSEWHERE]) {
      expect(judgeImproper('SENIOR', 'CONFIRMED', true, place)).toEqual(['ORG-27 REJECT POLICY_UNRESOLVED']);
    }
  });
});
