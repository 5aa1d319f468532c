import { breaks, holds } from '#test/support/rules.ts';
import { workingDayCalendar } from '../calendar/working-day-calendar.ts';
import type { LawPlace } from '../layers.ts';
import { judgeViolation } from '../organization/violation.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { type AttendingFacts, judgeAttendingWithoutTransfer } from './attending.ts';
import { judgeOffline, judgeOfflineFollowUp, type OfflineFacts, offlineFollowUpDue } from './offline.ts';
import { judgePrefiled, judgePrefiling, nextPrefilingDay, type PrefilingFacts } from './prefiling.ts';
import { judgePrivateSchoolReview, type PrivateSchoolFacts } from './private-school.ts';
import { judgeSpecialMove, mayRegistrationStay } from './special.ts';
import { judgeStudyAdmission } from './study.ts';

const ON = '2026-09-07';
const PLACES = [SHANXI, BEIGUAN, ELSEWHERE];
const codes = (findings: { outcome: string; ruleId: string; code: string }[]) =>
  findings.map(({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`);

describe('the filing before the start', () => {
  const filed = (changes: Partial<PrefilingFacts> = {}, place: LawPlace = BEIGUAN) =>
    codes(
      judgePrefiling(
        {
          stage: 'PRIMARY',
          filedOn: '2026-09-08',
          dataChecked: true,
          nature: 'RETURNING_TO_CITY',
          proofsChecked: true,
          ...changes,
        },
        place,
      ),
    );
  const started = (prefilingApproved: boolean, place: LawPlace, stage: 'JUNIOR' | 'SENIOR' = 'JUNIOR') =>
    codes(judgePrefiled({ stage, prefilingApproved }, ON, place));

  it(
    holds(
      'TRF-46',
      'a complete sheet is filed on a Tuesday, and the case starts when the bureau has approved',
    ),
    () => {
      expect(filed()).toEqual([]);
      expect(started(true, BEIGUAN)).toEqual([]);
      for (const place of [SHANXI, ELSEWHERE]) {
        expect(filed({ filedOn: '2026-09-09', nature: null }, place)).toEqual([]);
        expect(started(false, place)).toEqual([]);
      }
      expect(started(false, BEIGUAN, 'SENIOR')).toEqual([]);
    },
  );

  it(breaks('TRF-46', 'other days, an incomplete sheet, and a start without approval wait'), () => {
    for (const filedOn of ['2026-09-07', '2026-09-09']) {
      expect(filed({ filedOn })).toEqual(['TRF-46 HOLD NOT_PREFILING_DAY']);
    }
    for (const changes of [{ dataChecked: false }, { nature: null }, { proofsChecked: false }]) {
      expect(filed(changes)).toEqual(['TRF-46 HOLD PREFILING_INCOMPLETE']);
    }
    expect(started(false, BEIGUAN)).toEqual(['TRF-46 HOLD PREFILING_REQUIRED']);
  });

  it('has its day each week', () => {
    const days = ['2026-09-07', '2026-09-08', '2026-09-09', '2026-09-14'].map((day) =>
      nextPrefilingDay(day, BEIGUAN, 'PRIMARY'),
    );
    expect(days).toEqual(['2026-09-08', '2026-09-08', '2026-09-15', '2026-09-15']);
    expect(nextPrefilingDay(ON, SHANXI, 'PRIMARY')).toBeUndefined();
  });
});

describe('the offline way', () => {
  const offline = (changes: Partial<OfflineFacts>, place: LawPlace = ELSEWHERE) =>
    codes(
      judgeOffline(
        { mode: 'OFFLINE_FIRST', faultReference: 'F-1', familyWishes: true, ...changes },
        ON,
        place,
      ),
    );
  const clock = { dueDate: '2026-09-21', provisional: false };

  it(
    holds(
      'TRF-24',
      'in a declared fault, on the family’s wish, entered within ten working days of the recovery',
    ),
    () => {
      for (const place of PLACES) expect(offline({}, place)).toEqual([]);
      expect(offline({ mode: 'DIGITAL', faultReference: null, familyWishes: false })).toEqual([]);
      const due = offlineFollowUpDue(new Date('2026-09-04T10:00:00+08:00'), SHANXI, workingDayCalendar());
      expect(due.dueDate).toBe('2026-09-18');
      expect(judgeOfflineFollowUp({ ...clock, today: '2026-09-21' }, SHANXI)).toEqual([]);
      expect(judgeOfflineFollowUp({ ...clock, doneOn: '2026-09-21', today: '2026-10-20' }, SHANXI)).toEqual(
        [],
      );
    },
  );

  it(
    breaks(
      'TRF-24',
      'not without a fault, nor against the family, and on record when it is not entered in time',
    ),
    () => {
      expect(offline({ faultReference: ' ' })).toEqual(['TRF-24 REJECT NO_FAULT_DECLARED']);
      expect(offline({ faultReference: null, familyWishes: false })).toEqual([
        'TRF-24 REJECT NO_FAULT_DECLARED',
        'TRF-24 REJECT OFFLINE_WITHOUT_FAMILY_WISH',
      ]);
      expect(codes(judgeOfflineFollowUp({ ...clock, today: '2026-09-22' }, BEIGUAN))).toEqual([
        'TRF-24 RECORD OFFLINE_TRANSFER_NOT_CLOSED',
      ]);
    },
  );
});

describe('a pupil who attends without a transfer', () => {
  const attending = (changes: Partial<AttendingFacts>, place: LawPlace) =>
    codes(
      judgeAttendingWithoutTransfer(
        {
          stage: 'PRIMARY',
          exempt: false,
          acceptedInCompliance: true,
          dueDate: '2026-09-21',
          provisional: false,
          today: '2026-09-21',
          ...changes,
        },
        place,
      ),
    );
  const FIRST = 'TRF-49 RECORD ATTENDING_WITHOUT_TRANSFER';
  const LATE = 'TRF-50 RECORD ATTENDING_WITHOUT_TRANSFER';

  it(
    holds('TRF-49', 'is on no record once the transfer has started, or where the placement is exempt'),
    () => {
      for (const place of PLACES) {
        expect(attending({ doneOn: '2026-09-08' }, place)).toEqual([]);
        expect(attending({ exempt: true }, place)).toEqual([]);
      }
    },
  );

  it(breaks('TRF-49', 'is on record until then and is never sent away'), () => {
    for (const place of PLACES) expect(attending({}, place)).toEqual([FIRST]);
  });

  it(
    holds('TRF-50', 'is a breach of the school neither on the last day, nor when it started in time'),
    () => {
      expect(attending({ today: '2026-12-01', doneOn: '2026-09-21' }, SHANXI)).toEqual([]);
      expect(attending({ today: '2026-09-22', acceptedInCompliance: false }, SHANXI)).toEqual([FIRST]);
    },
  );

  it(breaks('TRF-50', 'is one from the day after, everywhere; started late, it was one'), () => {
    for (const place of PLACES) expect(attending({ today: '2026-09-22' }, place)).toEqual([FIRST, LATE]);
    expect(attending({ today: '2026-10-20', doneOn: '2026-09-22' }, BEIGUAN)).toEqual([LATE]);
    expect(attending({ today: '2026-09-22', acceptedInCompliance: false }, BEIGUAN)).toEqual([FIRST, LATE]);
    const breach = {
      kind: 'ACCEPTED_STUDENT_NOT_TRANSFERRED',
      stage: 'PRIMARY',
      acceptedInCompliance: true,
    } as const;
    expect(judgeViolation({ ...breach, seriousTrouble: false }, '2026-09-22', SHANXI)).toHaveLength(1);
  });
});

describe('a disabled pupil between special and ordinary school', () => {
  const stays = (place: LawPlace, on = ON) =>
    codes(judgeSpecialMove({ stage: 'PRIMARY', registrationStays: true }, on, place));

  it(holds('TRF-29', 'takes the registration along in Shanxi, and may leave it behind elsewhere'), () => {
    expect(judgeSpecialMove({ stage: 'PRIMARY', registrationStays: false }, ON, SHANXI)).toEqual([]);
    for (const place of [BEIGUAN, ELSEWHERE]) expect(stays(place)).toEqual([]);
    expect(stays(SHANXI, '2026-02-09')).toEqual([]);
    expect(mayRegistrationStay(ON, ELSEWHERE, 'SENIOR')).toBe(true);
  });

  it(breaks('TRF-29', 'cannot leave it behind in Shanxi'), () => {
    expect(stays(SHANXI, '2026-02-10')).toEqual(['TRF-29 REJECT REGISTRATION_MUST_MOVE']);
  });
});

describe('a private school', () => {
  const reviewed = (changes: Partial<PrivateSchoolFacts>, place: LawPlace = SHANXI) =>
    codes(
      judgePrivateSchoolReview(
        {
          ownership: 'PRIVATE',
          stage: 'JUNIOR',
          competentAuthorityApproved: true,
          registryAuthorityApproved: true,
          weighed: ['PRIVATE_SHARE', 'FREE_PLACES'],
          ...changes,
        },
        ON,
        place,
      ),
    );
  const HELD = ['TRF-25 HOLD PRIVATE_SCHOOL_QUOTA_REVIEW'];

  it(holds('TRF-25', 'takes a pupil in when both authorities have weighed what is to be weighed'), () => {
    expect(reviewed({})).toEqual([]);
    expect(
      reviewed({
        stage: 'SENIOR',
        weighed: ['PRIVATE_SHARE', 'FREE_PLACES', 'ADMISSION_PLAN', 'ENTRANCE_EXAM'],
      }),
    ).toEqual([]);
    expect(reviewed({ ownership: 'PUBLIC', weighed: [] })).toEqual([]);
    for (const place of [BEIGUAN, ELSEWHERE]) expect(reviewed({ weighed: [] }, place)).toEqual([]);
  });

  it(breaks('TRF-25', 'waits while one of them has not decided, or a point has not been weighed'), () => {
    expect(reviewed({ competentAuthorityApproved: false })).toEqual(HELD);
    expect(reviewed({ registryAuthorityApproved: false })).toEqual(HELD);
    expect(reviewed({ weighed: ['FREE_PLACES'] })).toEqual(HELD);
    expect(reviewed({ stage: 'SENIOR' })).toEqual(HELD);
  });
});

describe('the receiving county of a graduate', () => {
  it(holds('ENR-25', 'agrees to whom its conditions and the plan let in, from whatever stage'), () => {
    for (const place of PLACES)
      expect(judgeStudyAdmission({ meetsPolicy: true, inPlan: true }, ON, place)).toEqual([]);
  });

  it(breaks('ENR-25', 'not to anybody else'), () => {
    for (const facts of [
      { meetsPolicy: false, inPlan: true },
      { meetsPolicy: true, inPlan: false },
    ]) {
      expect(codes(judgeStudyAdmission(facts, ON, SHANXI))).toEqual(['ENR-25 REJECT NOT_IN_PLAN']);
    }
  });
});
