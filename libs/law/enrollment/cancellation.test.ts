import { breaks, holds } from '#test/support/rules.ts';
import type { LawPlace } from '../finding.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { type CancellationFacts, judgeAwayReport, judgeCancellation } from './cancellation.ts';

const ON = '2026-09-01';
const PLACES = [SHANXI, BEIGUAN, ELSEWHERE];
const judge = (changes: Partial<CancellationFacts>, place: LawPlace = SHANXI, on = ON) =>
  judgeCancellation({ stage: 'PRIMARY', reason: 'DEATH', suspended: false, ...changes }, on, place).map(
    ({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`,
  );

const NOT_ALLOWED = 'REJECT CANCELLATION_REASON_NOT_ALLOWED';

describe('the cancellation of a registration', () => {
  it(holds('ENR-64', 'follows a death, everywhere and at every stage'), () => {
    for (const place of PLACES) {
      expect(judge({}, place)).toEqual([]);
      expect(judge({ stage: 'SENIOR' }, place)).toEqual([]);
    }
  });

  it(breaks('ENR-64', 'follows nothing else, and did not before the 2025 measure'), () => {
    for (const reason of ['DUPLICATE', 'DROPOUT', 'OTHER'] as const) {
      for (const place of PLACES) expect(judge({ reason }, place)).toEqual([`ENR-64 ${NOT_ALLOWED}`]);
    }
    expect(judge({ reason: 'OTHER' }, ELSEWHERE, '2025-01-02')).toEqual([`ENR-63 ${NOT_ALLOWED}`]);
  });

  it(holds('ENR-43', 'of a suspended pupil follows a death alone'), () => {
    for (const place of PLACES) expect(judge({ suspended: true }, place)).toEqual([]);
  });

  it(breaks('ENR-43', 'is refused while the suspension runs, which keeps the registration'), () => {
    for (const place of PLACES) {
      for (const on of ['2014-09-01', ON]) {
        expect(judge({ suspended: true, reason: 'OTHER' }, place, on)).toContain(
          'ENR-43 REJECT SUSPENDED_REGISTRATION_PROTECTED',
        );
      }
    }
  });
});

describe('a pupil who is missing or detained', () => {
  it(holds('ENR-62', 'is reported and keeps the registration; a proven death goes its own way'), () => {
    expect(judgeAwayReport({ stage: 'JUNIOR', reportedToAuthority: true }, ON, BEIGUAN)).toEqual([]);
    expect(judge({ reason: 'DEATH' }, BEIGUAN)).toEqual([]);
  });

  it(breaks('ENR-62', 'is not cancelled, and one who is not reported is on record'), () => {
    expect(judge({ reason: 'AWAY' }, BEIGUAN)).toEqual([
      'ENR-62 REJECT CANCELLATION_FORBIDDEN_AWAY',
      `ENR-64 ${NOT_ALLOWED}`,
    ]);
    for (const place of [SHANXI, ELSEWHERE]) {
      expect(judge({ reason: 'AWAY' }, place)).toEqual([`ENR-64 ${NOT_ALLOWED}`]);
    }
    expect(judgeAwayReport({ stage: 'JUNIOR', reportedToAuthority: false }, ON, BEIGUAN)).toMatchObject([
      { outcome: 'RECORD', code: 'AWAY_NOT_REPORTED' },
    ]);
    expect(judgeAwayReport({ stage: 'JUNIOR', reportedToAuthority: false }, ON, SHANXI)).toEqual([]);
  });
});
