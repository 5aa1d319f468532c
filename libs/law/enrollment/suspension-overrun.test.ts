import { breaks, holds } from '#test/support/rules.ts';
import { workingDayCalendar } from '../calendar/working-day-calendar.ts';
import type { LawPlace } from '../finding.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import {
  judgeLateRenewal,
  judgeSuspensionOverrun,
  judgeUrging,
  type OverrunFacts,
  overrunReminderFrom,
  suspensionOverrunDue,
} from './suspension-overrun.ts';

const ON = '2026-03-02';
const calendar = workingDayCalendar();
const facts = (changes: Partial<OverrunFacts> = {}): OverrunFacts => ({
  stage: 'JUNIOR',
  endsOn: '2026-08-31',
  contacts: 1,
  today: '2026-10-01',
  ...changes,
});
const judge = (changes: Partial<OverrunFacts>, place: LawPlace = SHANXI, on = ON) => {
  const { findings, consequence } = judgeSuspensionOverrun(facts(changes), on, place, calendar);
  return [consequence, ...findings.map(({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`)];
};

describe('a suspension that ran out', () => {
  it(holds('ENR-50', 'waits for a month from its end, to the last day of a shorter month'), () => {
    expect(suspensionOverrunDue('2026-08-31', SHANXI, calendar).dueDate).toBe('2026-09-30');
    for (const today of ['2026-08-31', '2026-09-01', '2026-09-30']) {
      expect(judge({ today })).toEqual(['WAIT']);
      expect(judge({ today, stage: 'SENIOR' })).toEqual(['WAIT']);
    }
  });

  it(
    breaks('ENR-50', 'the day after, a compulsory pupil comes into the ledger, a senior one is withdrawn'),
    () => {
      expect(judge({})).toEqual(['OPEN_LEDGER', 'ENR-50 RECORD SUSPENSION_OVERRUN']);
      expect(judge({ stage: 'SENIOR' })).toEqual([
        'AUTOMATIC_WITHDRAWAL',
        'ENR-50 RECORD SUSPENSION_OVERRUN',
      ]);
    },
  );

  it(
    breaks(
      'ENR-50',
      'without a contact on record nobody is withdrawn, and the ledger is opened all the same',
    ),
    () => {
      const uncontacted = ['ENR-50 RECORD SUSPENSION_OVERRUN', 'ENR-50 RECORD GUARDIAN_CONTACT_MISSING'];
      expect(judge({ stage: 'SENIOR', contacts: 0 })).toEqual(['WAIT', ...uncontacted]);
      expect(judge({ contacts: 0 })).toEqual(['OPEN_LEDGER', ...uncontacted]);
    },
  );

  it('opens the ledger in every place, but withdraws seniors in Shanxi only', () => {
    for (const place of [BEIGUAN, ELSEWHERE]) {
      expect(judge({}, place)).toEqual(['OPEN_LEDGER', 'ENR-60 RECORD SUSPENSION_OVERRUN']);
      expect(judge({ stage: 'SENIOR' }, place)).toEqual(['WAIT']);
    }
    expect(judge({ stage: 'SENIOR' }, SHANXI, '2026-02-09')).toEqual(['WAIT']);
  });

  it('is announced to the family thirty days before its end', () => {
    expect(overrunReminderFrom('2026-08-31')).toBe('2026-08-01');
  });

  it('is renewed late with a record in compulsory, with a decision in senior education', () => {
    const late = (stage: OverrunFacts['stage'], today: string, place = SHANXI) =>
      judgeLateRenewal({ stage, endsOn: '2026-08-31', today }, ON, place, calendar).map(
        ({ outcome, code, ownerLevel }) => `${outcome} ${code} ${ownerLevel}`,
      );
    expect(late('SENIOR', '2026-09-30')).toEqual([]);
    expect(late('SENIOR', '2026-10-01')).toEqual(['HOLD SUSPENSION_RENEWAL_LATE COUNTY']);
    expect(late('PRIMARY', '2026-10-01')).toEqual(['RECORD SUSPENSION_RENEWAL_LATE SCHOOL']);
    expect(late('PRIMARY', '2026-10-01', ELSEWHERE)).toEqual([]);
  });
});

describe('urging a suspended pupil back', () => {
  const urge = (changes: Partial<OverrunFacts>, place = BEIGUAN) =>
    judgeUrging(facts(changes), ON, place).map(({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`);

  it(holds('ENR-61', 'is no matter before the suspension has ended, for seniors, or outside Beiguan'), () => {
    expect(urge({ today: '2026-08-31' })).toEqual([]);
    expect(urge({ stage: 'SENIOR' })).toEqual([]);
    expect(urge({}, SHANXI)).toEqual([]);
  });

  it(breaks('ENR-61', 'the township orders the child back once the school has urged in vain'), () => {
    expect(urge({ today: '2026-09-01' })).toEqual(['ENR-61 RECORD RETURN_ORDER_DUE']);
    expect(urge({ today: '2026-09-01', contacts: 0 })).toEqual(['ENR-61 RECORD RESUMPTION_NOT_URGED']);
  });
});
