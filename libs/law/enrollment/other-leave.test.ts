import { breaks, holds } from '#test/support/rules.ts';
import type { LawPlace } from '../finding.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { judgeOtherLeave, type OtherLeaveFacts, otherLeaveFrom } from './other-leave.ts';

const ON = '2026-06-01';
const judge = (changes: Partial<OtherLeaveFacts>, place: LawPlace = SHANXI) =>
  judgeOtherLeave(
    {
      stage: 'SENIOR',
      leftOn: '2026-03-01',
      today: '2026-06-02',
      reached: false,
      reasonKnown: false,
      dropoutMarked: false,
      ...changes,
    },
    ON,
    place,
  ).map(({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`);

describe('the status "other leave"', () => {
  it(
    holds('ENR-58', 'is for who is gone more than three months, out of reach and without a known reason'),
    () => {
      for (const place of [SHANXI, BEIGUAN, ELSEWHERE]) expect(judge({}, place)).toEqual([]);
      expect(judge({ leftOn: '2025-11-30', today: '2026-03-01' })).toEqual([]);
      expect(judge({ stage: 'JUNIOR', dropoutMarked: true })).toEqual([]);
    },
  );

  it(breaks('ENR-58', 'is refused on the last day of the three months and before'), () => {
    for (const today of ['2026-05-31', '2026-06-01']) {
      expect(judge({ today })).toEqual(['ENR-58 REJECT OTHER_LEAVE_TOO_EARLY']);
    }
    expect(judge({ leftOn: '2025-11-30', today: '2026-02-28' })).toEqual([
      'ENR-58 REJECT OTHER_LEAVE_TOO_EARLY',
    ]);
  });

  it(breaks('ENR-58', 'is refused for somebody who can be reached or whose reason is known'), () => {
    expect(judge({ reached: true })).toEqual(['ENR-58 REJECT OTHER_LEAVE_GROUND_NOT_MET']);
    expect(judge({ reasonKnown: true })).toEqual(['ENR-58 REJECT OTHER_LEAVE_GROUND_NOT_MET']);
    expect(judge({ reached: true, reasonKnown: true, today: '2026-06-01' })).toHaveLength(3);
  });

  it(breaks('ENR-57', 'leaves a compulsory pupil without the dropout mark on record'), () => {
    expect(judge({ stage: 'PRIMARY' })).toEqual(['ENR-57 RECORD DROPOUT_NOT_MARKED']);
  });

  it('is known to no text before the notice of 2016', () => {
    expect(otherLeaveFrom('2016-01-01', '2016-06-05', SHANXI)).toBeUndefined();
    expect(otherLeaveFrom('2016-01-01', '2016-06-06', SHANXI)).toBe('2016-04-02');
    expect(judgeOtherLeave(FACTS_2013, '2016-06-05', SHANXI)).toMatchObject([{ code: 'POLICY_UNRESOLVED' }]);
    expect(judgeOtherLeave(FACTS_2013, '2013-08-31', SHANXI)).toMatchObject([{ ruleId: 'ORG-25' }]);
  });
});

const FACTS_2013: OtherLeaveFacts = {
  stage: 'SENIOR',
  leftOn: '2013-01-01',
  today: '2013-08-31',
  reached: false,
  reasonKnown: false,
  dropoutMarked: false,
};
