import { breaks, holds } from '#test/support/rules.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { judgeDuties, type WaitingFacts } from './duties.ts';

const DUE = '2026-09-16';
const LATE = '2026-09-17';

const waiting = (changes: Partial<WaitingFacts> = {}): WaitingFacts => ({
  waitsFor: 'AUTHORITY',
  authorityLevel: 'COUNTY',
  dueOn: DUE,
  provisional: false,
  ...changes,
});

describe('a registration that waits', () => {
  it(holds('ENR-08', 'is in order until its day is over'), () => {
    expect(judgeDuties(waiting(), DUE, SHANXI)).toEqual([]);
  });

  it(breaks('ENR-08', 'is on record against its authority from the next day, everywhere'), () => {
    for (const place of [SHANXI, BEIGUAN, ELSEWHERE]) {
      for (const authorityLevel of ['COUNTY', 'CITY', 'PROVINCE'] as const) {
        expect(judgeDuties(waiting({ authorityLevel }), LATE, place)).toMatchObject([
          {
            ruleId: 'ENR-08',
            outcome: 'RECORD',
            code: 'REGISTRATION_DECISION_OVERDUE',
            ownerLevel: authorityLevel,
          },
        ]);
      }
    }
  });

  it(holds('ORG-06', 'and was sent back is in order until the school’s day is over'), () => {
    expect(judgeDuties(waiting({ waitsFor: 'SCHOOL' }), DUE, SHANXI)).toEqual([]);
  });

  it(breaks('ORG-06', 'and was sent back is on record against the school from the next day'), () => {
    for (const place of [SHANXI, BEIGUAN, ELSEWHERE]) {
      expect(judgeDuties(waiting({ waitsFor: 'SCHOOL' }), LATE, place)).toMatchObject([
        { ruleId: 'ORG-06', outcome: 'RECORD', code: 'SCHOOL_DUTY_FINDING', ownerLevel: 'SCHOOL' },
      ]);
    }
  });

  it('is on record against nobody while its day is provisional', () => {
    expect(judgeDuties(waiting({ provisional: true }), LATE, SHANXI)).toEqual([]);
  });
});
