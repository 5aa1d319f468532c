import { breaks, holds } from '#test/support/rules.ts';
import { workingDayCalendar } from '../calendar/working-day-calendar.ts';
import type { LawPlace } from '../finding.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import {
  judgeExpulsion,
  judgeWithdrawal,
  judgeWithdrawalMark,
  judgeWithdrawalMarkTime,
  type WithdrawalFacts,
  withdrawalMarkDue,
} from './withdrawal.ts';
import type { WithdrawalGround } from './withdrawal-grounds.ts';

const ON = '2026-06-01';
const calendar = workingDayCalendar();
const judge = (changes: Partial<WithdrawalFacts>, place: LawPlace = SHANXI, on = ON) =>
  judgeWithdrawal(
    { stage: 'SENIOR', ground: { kind: 'GUARDIAN_REQUEST' }, writtenApplication: true, ...changes },
    on,
    place,
    calendar,
  ).map(({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`);

const NOT_MET = 'REJECT WITHDRAWAL_GROUND_NOT_MET';
const NO_APPLICATION = 'ENR-55 REJECT WITHDRAWAL_APPLICATION_MISSING';
const UNKNOWN_TEXT = 'ORG-27 WARN LAYER_TEXT_UNKNOWN';

type Absence = Extract<WithdrawalGround, { kind: 'LONG_ABSENCE' }>;
/** Monday 2 March 2026; 6 April is a holiday, so that forty school days end on 27 April. */
const absent = (to: string, changes: Partial<Absence> = {}): Absence => ({
  kind: 'LONG_ABSENCE',
  term: { opensOn: '2026-03-02', closesOn: '2026-07-10' },
  absences: [{ from: '2026-03-02', to }],
  contacts: 2,
  helpInVain: true,
  ...changes,
});

describe('withdrawal and expulsion in compulsory education', () => {
  it(holds('ENR-53', 'concern senior pupils only'), () => {
    expect(judge({ writtenApplication: true }, ELSEWHERE)).toEqual([]);
    for (const place of [SHANXI, BEIGUAN, ELSEWHERE]) {
      expect(judgeExpulsion({ stage: 'SENIOR' }, ON, place)).toEqual([]);
    }
  });

  it(breaks('ENR-53', 'do not exist for primary and junior pupils, in any place and for any ground'), () => {
    for (const place of [SHANXI, BEIGUAN, ELSEWHERE]) {
      for (const stage of ['PRIMARY', 'JUNIOR'] as const) {
        expect(judge({ stage }, place)).toEqual(['ENR-53 REJECT WITHDRAWAL_FORBIDDEN_COMPULSORY']);
        expect(judge({ stage, ground: absent('2026-06-30') }, place)).toHaveLength(1);
        expect(judgeExpulsion({ stage }, ON, place)).toMatchObject([
          { ruleId: 'ENR-53', outcome: 'REJECT', code: 'EXPULSION_FORBIDDEN_COMPULSORY' },
        ]);
      }
    }
    const before = judgeExpulsion({ stage: 'JUNIOR' }, '2025-01-02', ELSEWHERE);
    expect(before).toMatchObject([{ ruleId: 'ENR-56', outcome: 'REJECT' }]);
    expect(judge({ stage: 'PRIMARY' }, ELSEWHERE, '2025-01-02')).toEqual([
      'ENR-56 REJECT WITHDRAWAL_FORBIDDEN_COMPULSORY',
    ]);
    expect(judge({ stage: 'PRESCHOOL' })).toEqual(['ENR-55 REJECT WITHDRAWAL_SENIOR_ONLY']);
  });
});

describe('the grounds of withdrawal in Shanxi', () => {
  it(
    holds(
      'ENR-54',
      'over eight weeks in a row or ten in all, with repeated help in vain, is self-withdrawal',
    ),
    () => {
      expect(judge({ ground: absent('2026-04-28'), writtenApplication: false })).toEqual([]);
      const broken = [
        { from: '2026-03-02', to: '2026-04-24' },
        { from: '2026-04-28', to: '2026-05-14' },
      ];
      expect(judge({ ground: absent('', { absences: broken }), writtenApplication: false })).toEqual([]);
    },
  );

  it(breaks('ENR-54', 'eight weeks exactly, a day under ten, or too little help is none'), () => {
    expect(judge({ ground: absent('2026-04-27') })).toEqual([`ENR-54 ${NOT_MET}`]);
    const broken = [
      { from: '2026-03-02', to: '2026-04-24' },
      { from: '2026-04-28', to: '2026-05-13' },
    ];
    expect(judge({ ground: absent('', { absences: broken }) })).toEqual([`ENR-54 ${NOT_MET}`]);
    expect(judge({ ground: absent('2026-06-30', { contacts: 1 }) })).toEqual([`ENR-54 ${NOT_MET}`]);
    expect(judge({ ground: absent('2026-06-30', { helpInVain: false }) })).toEqual([`ENR-54 ${NOT_MET}`]);
  });

  it(
    holds('ENR-54', 'over two years of suspension and unfit; illness with proof; the wish of the guardian'),
    () => {
      const suspensions = [
        { from: '2026-09-01', to: '2027-09-01' },
        { from: '2027-09-01', to: '2028-09-02' },
      ];
      expect(
        judge({ ground: { kind: 'SUSPENSION_OVER_TWO_YEARS', suspensions, unfitReasonGiven: true } }),
      ).toEqual([]);
      for (const kind of ['HOSPITAL_RECORD', 'PUBLIC_SECURITY_PROOF'] as const) {
        const proofs = [{ kind, issuerLevel: 'COUNTY' as const }];
        expect(judge({ ground: { kind: 'SERIOUS_ILLNESS_OR_ACCIDENT', proofs } })).toEqual([]);
      }
      expect(judge({})).toEqual([]);
    },
  );

  it(
    breaks('ENR-54', 'two years exactly, no word on being unfit, or no proof of a county-level body'),
    () => {
      const exactly = [
        { from: '2026-09-01', to: '2027-09-01' },
        { from: '2027-09-01', to: '2028-09-01' },
      ];
      const over = [...exactly, { from: '2028-09-01', to: '2028-09-02' }];
      const ground = { kind: 'SUSPENSION_OVER_TWO_YEARS', unfitReasonGiven: true } as const;
      expect(judge({ ground: { ...ground, suspensions: exactly } })).toEqual([`ENR-54 ${NOT_MET}`]);
      expect(judge({ ground: { ...ground, suspensions: over, unfitReasonGiven: false } })).toEqual([
        `ENR-54 ${NOT_MET}`,
      ]);
      const proofs = [{ kind: 'HOSPITAL_RECORD', issuerLevel: 'BELOW_COUNTY' } as const];
      expect(judge({ ground: { kind: 'SERIOUS_ILLNESS_OR_ACCIDENT', proofs } })).toEqual([
        'ENR-54 REJECT WITHDRAWAL_PROOF_MISSING',
      ]);
    },
  );

  it(
    breaks('ENR-50', 'a suspension is no self-withdrawal within the month after it or without a contact'),
    () => {
      const expired = (today: string, contacts = 1) => ({
        ground: { kind: 'SUSPENSION_EXPIRED', endsOn: '2026-04-30', contacts, today } as const,
        writtenApplication: false,
      });
      expect(judge(expired('2026-05-30'))).toEqual([`ENR-50 ${NOT_MET}`]);
      expect(judge(expired('2026-05-31'))).toEqual([]);
      expect(judge(expired('2026-05-31', 0))).toEqual([`ENR-50 ${NOT_MET}`]);
    },
  );
});

describe('the procedure of a withdrawal', () => {
  it(holds('ENR-55', 'begins with the guardian in writing and is confirmed and filed, not approved'), () => {
    expect(judge({}, SHANXI)).toEqual([]);
    expect(judge({}, ELSEWHERE)).toEqual([]);
    expect(judge({}, BEIGUAN)).toEqual([UNKNOWN_TEXT]);
    expect(judgeWithdrawalMark({ schoolConfirmed: true, filed: true }, ON, SHANXI)).toEqual([]);
  });

  it(
    breaks('ENR-55', 'without the writing there is none, and nowhere else does a pupil withdraw unasked'),
    () => {
      expect(judge({ writtenApplication: false })).toEqual([NO_APPLICATION]);
      expect(judge({ writtenApplication: false, ground: absent('2026-06-30') }, ELSEWHERE)).toEqual([
        NO_APPLICATION,
      ]);
      expect(judge({ writtenApplication: false }, SHANXI, '2026-02-09')).toEqual([
        UNKNOWN_TEXT,
        NO_APPLICATION,
      ]);
      for (const facts of [
        { schoolConfirmed: false, filed: false },
        { schoolConfirmed: true, filed: false },
        { schoolConfirmed: false, filed: true },
      ]) {
        expect(judgeWithdrawalMark(facts, ON, ELSEWHERE)).toMatchObject([
          { outcome: 'REJECT', code: 'WITHDRAWAL_NOT_FILED' },
        ]);
      }
    },
  );

  it(breaks('ENR-55', 'a mark later than ten working days after the formalities is on record'), () => {
    const { dueDate, provisional } = withdrawalMarkDue('2026-06-01', SHANXI, calendar);
    expect(dueDate).toBe('2026-06-15');
    const clock = { dueDate, provisional };
    expect(judgeWithdrawalMarkTime({ ...clock, today: '2026-06-15' }, ON, SHANXI)).toEqual([]);
    for (const place of [SHANXI, ELSEWHERE]) {
      expect(judgeWithdrawalMarkTime({ ...clock, today: '2026-06-16' }, ON, place)).toMatchObject([
        { outcome: 'RECORD', code: 'WITHDRAWAL_MARK_OVERDUE' },
      ]);
    }
  });

  it('was open to seniors before the 2025 measure, of which the nation said nothing', () => {
    expect(judge({ writtenApplication: false }, ELSEWHERE, '2025-01-02')).toEqual([]);
    expect(judge({}, ELSEWHERE, '2013-08-31')).toEqual(['ORG-25 REJECT POLICY_NOT_IN_FORCE']);
  });
});
