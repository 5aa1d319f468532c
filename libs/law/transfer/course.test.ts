import { breaks, holds } from '#test/support/rules.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { caseAfter, handOf, lastOf, moved, newCourse, PLANS, played } from '../testing/transfer-course.ts';
import { judgeAct, stateAfter } from './acts.ts';
import {
  missingApprovals,
  nextAfter,
  obstaclesToDecision,
  openSteps,
  type TransferCourse,
} from './course.ts';
import { judgeHandling, judgeTransferDecision } from './decision.ts';
import type { Party } from './parties.ts';

const ON = '2026-09-07';

describe('the order of the steps', () => {
  const atSourceSchool = caseAfter('CALLED_UP_TRANSFER', 'TARGET_SCHOOL');
  const codes = (findings: { ruleId: string; code: string }[]) =>
    findings.map(({ ruleId, code }) => `${ruleId} ${code}`);

  it(holds('TRF-04', 'the sending school agrees before the authorities decide'), () => {
    const hand = handOf('SOURCE_SCHOOL', 'HANDLES', 'registrar');
    expect(judgeHandling(atSourceSchool, { party: 'SOURCE_SCHOOL', hand }, ON, SHANXI)).toEqual([]);
    const authorities = caseAfter('CALLED_UP_TRANSFER', 'TARGET_SCHOOL', 'SOURCE_SCHOOL');
    expect(openSteps(authorities).map(({ party }) => party)).toEqual([
      'SOURCE_AUTHORITY',
      'TARGET_AUTHORITY',
      'TARGET_COMPETENT_AUTHORITY',
    ]);
  });

  it(
    breaks(
      'TRF-04',
      'an authority before it is out of order, in Shanxi by its own rule, elsewhere by the nation’s',
    ),
    () => {
      const early = {
        party: 'TARGET_AUTHORITY' as const,
        hand: handOf('TARGET_AUTHORITY', 'HANDLES', 'registrar'),
      };
      expect(codes(judgeHandling(atSourceSchool, early, ON, SHANXI))).toEqual(['TRF-04 STEP_OUT_OF_ORDER']);
      for (const place of [BEIGUAN, ELSEWHERE]) {
        expect(codes(judgeHandling(atSourceSchool, early, ON, place))).toEqual(['TRF-02 STEP_OUT_OF_ORDER']);
      }
      expect(codes(judgeHandling(atSourceSchool, early, '2026-02-09', SHANXI))).toEqual([
        'TRF-02 STEP_OUT_OF_ORDER',
      ]);
      expect(() => nextAfter(atSourceSchool, 'TARGET_AUTHORITY', 'APPROVE')).toThrow(RangeError);
    },
  );

  const decision = (course: TransferCourse, party: Party, subjectOf: string, unit: Party = party) =>
    judgeTransferDecision(
      course,
      {
        kind: 'CROSS_PROVINCE_TRANSFER',
        party,
        hand: { ...handOf(party, 'DECIDES', subjectOf), unit },
        decision: 'APPROVE',
        reasons: [],
        stage: 'PRIMARY',
        ground: { ground: 'OTHER', proven: false },
        target: { place: ELSEWHERE, stage: 'PRIMARY' },
        guardianApplied: false,
        found: [],
      },
      ON,
      ELSEWHERE,
    );
  const draft = newCourse(PLANS.CALLED_UP_TRANSFER);
  const handled = lastOf(
    played('CALLED_UP_TRANSFER', [{ do: 'HANDLE', party: 'TARGET_SCHOOL', by: 'registrar' }]),
  );

  it(holds('TRF-02', 'the receiving school starts'), () => {
    expect(decision(handled, 'TARGET_SCHOOL', 'head')).toEqual([]);
  });

  it(breaks('TRF-02', 'nobody else does, and nothing moves before all have approved'), () => {
    expect(codes(decision(handled, 'TARGET_SCHOOL', 'head', 'SOURCE_SCHOOL'))).toEqual([
      'TRF-02 ONLY_TARGET_SCHOOL_MAY_INITIATE',
    ]);
    expect(codes(judgeAct(atSourceSchool, 'HAND_OVER', ON, ELSEWHERE))).toEqual(['TRF-02 STEP_OUT_OF_ORDER']);
    const forged = { ...atSourceSchool, state: 'CALL_UP' as const };
    expect(stateAfter(forged, 'HAND_OVER')).toBeUndefined();
  });

  it('counts an approval for its own party in its own turn only', () => {
    const filed = caseAfter('TRANSFER', 'TARGET_SCHOOL', 'PREFILING_BUREAU');
    const rest = ['TARGET_SCHOOL', 'SOURCE_SCHOOL', 'SOURCE_AUTHORITY', 'TARGET_AUTHORITY'];
    expect(missingApprovals(filed)).toEqual(rest);
    expect(missingApprovals(newCourse(PLANS.STUDY))).toEqual([
      'TARGET_SCHOOL',
      'TARGET_AUTHORITY',
      'SOURCE_AUTHORITY',
    ]);
    const waiting = caseAfter('CALLED_UP_TRANSFER', 'TARGET_SCHOOL', 'SOURCE_SCHOOL', 'SOURCE_AUTHORITY');
    expect(missingApprovals(waiting)).toEqual(['TARGET_AUTHORITY', 'TARGET_COMPETENT_AUTHORITY']);
    expect(stateAfter({ ...waiting, state: 'AWAIT_REPORTING' }, 'CALL_UP')).toBeUndefined();
  });

  it(holds('TRF-43', 'the head decides what the registrar has handled'), () => {
    expect(obstaclesToDecision(handled, 'TARGET_SCHOOL', handOf('TARGET_SCHOOL', 'DECIDES', 'head'))).toEqual(
      [],
    );
  });

  it(breaks('TRF-43', 'not the registrar, and not before anybody handled it; all is told at once'), () => {
    expect(codes(decision(handled, 'TARGET_SCHOOL', 'registrar'))).toEqual([
      'TRF-43 SAME_PERSON_HANDLED_AND_DECIDED',
    ]);
    expect(codes(decision(draft, 'TARGET_SCHOOL', 'head'))).toEqual(['TRF-43 STEP_NOT_HANDLED']);
    const wrong = { ...handOf('TARGET_SCHOOL', 'HANDLES', 'registrar'), unit: 'SOURCE_SCHOOL' };
    expect(obstaclesToDecision(handled, 'TARGET_SCHOOL', wrong)).toEqual([
      'OTHER_UNIT',
      'OTHER_ROLE',
      'SAME_PERSON',
    ]);
    const step = handOf('SOURCE_SCHOOL', 'DECIDES', 'head');
    expect(
      codes(
        judgeHandling(
          atSourceSchool,
          { party: 'SOURCE_SCHOOL', hand: { ...step, unit: 'TARGET_SCHOOL' } },
          ON,
          ELSEWHERE,
        ),
      ),
    ).toEqual(['ACC-18 ROLE_MISSING', 'ACC-18 ROLE_MISSING']);
  });

  it('ends with one refusal, whoever has approved, and is then over', () => {
    const authorities = caseAfter('CALLED_UP_TRANSFER', 'TARGET_SCHOOL', 'SOURCE_SCHOOL', 'SOURCE_AUTHORITY');
    const handledToo = moved(authorities, { do: 'HANDLE', party: 'TARGET_AUTHORITY', by: 'registrar' });
    const refused =
      handledToo &&
      moved(handledToo, {
        do: 'DECIDE',
        party: 'TARGET_AUTHORITY',
        by: 'head',
        decision: 'REFUSE',
      });
    expect(refused?.state).toBe('REJECTED');
    if (refused === undefined) return;
    expect(codes(decision(refused, 'TARGET_COMPETENT_AUTHORITY', 'head'))).toEqual(['TRF-02 CASE_ENDED']);
    expect(codes(judgeAct(refused, 'WITHDRAW', ON, SHANXI))).toEqual(['TRF-04 CASE_ENDED']);
  });
});

describe('the acts of a case', () => {
  const approvedIn = caseAfter(
    'TRANSFER',
    ...(['TARGET_SCHOOL', 'PREFILING_BUREAU', 'TARGET_SCHOOL', 'SOURCE_SCHOOL'] as const),
    ...(['SOURCE_AUTHORITY', 'TARGET_AUTHORITY'] as const),
  );
  const waiting = caseAfter('STUDY', 'TARGET_SCHOOL', 'TARGET_AUTHORITY', 'SOURCE_AUTHORITY');
  const underReview = caseAfter('STUDY', 'TARGET_SCHOOL');

  it('let a guardian withdraw a transfer before its last approval, and study in draft only', () => {
    expect(stateAfter(caseAfter('CALLED_UP_TRANSFER', 'TARGET_SCHOOL', 'SOURCE_SCHOOL'), 'WITHDRAW')).toBe(
      'WITHDRAWN',
    );
    expect(judgeAct(approvedIn, 'WITHDRAW', ON, SHANXI)).toMatchObject([
      { code: 'STEP_OUT_OF_ORDER', outcome: 'REJECT' },
    ]);
    expect(stateAfter(newCourse(PLANS.STUDY), 'WITHDRAW')).toBe('WITHDRAWN');
    expect(judgeAct(underReview, 'WITHDRAW', ON, SHANXI)[0]?.remedy).toContain('监护人撤回');
  });

  it(holds('TRF-34', 'purge what parties decide on'), () => {
    for (const course of [underReview, caseAfter('CALLED_UP_TRANSFER', 'TARGET_SCHOOL')]) {
      expect(stateAfter(course, 'PURGE')).toBe('PURGED');
    }
  });

  it(breaks('TRF-34', 'purge no draft, nothing approved and nothing in call-up'), () => {
    const called = moved(waiting, { do: 'ACT', act: 'CALL_UP' });
    expect(called?.state).toBe('CALL_UP');
    for (const course of [newCourse(PLANS.TRANSFER), approvedIn, waiting, called]) {
      expect(course && stateAfter(course, 'PURGE')).toBeUndefined();
    }
  });

  it('call up across provinces only', () => {
    expect(judgeAct(approvedIn, 'CALL_UP', ON, ELSEWHERE)).toMatchObject([{ code: 'STEP_OUT_OF_ORDER' }]);
    expect(judgeAct(waiting, 'CALL_UP', ON, ELSEWHERE)).toEqual([]);
    expect(stateAfter(waiting, 'CANCEL')).toBe('AUTO_CANCELLED');
    expect(stateAfter(waiting, 'HAND_OVER')).toBeUndefined();
  });

  it(
    breaks(
      'ENR-31',
      'the graduation of the pupil purges an open transfer, a called-up one too, and no study',
    ),
    () => {
      expect(stateAfter(newCourse(PLANS.TRANSFER), 'PURGE_BY_GRADUATION')).toBe('PURGED');
      expect(stateAfter(approvedIn, 'PURGE_BY_GRADUATION')).toBeUndefined();
      const across = caseAfter(
        'CALLED_UP_TRANSFER',
        ...(['TARGET_SCHOOL', 'SOURCE_SCHOOL', 'SOURCE_AUTHORITY'] as const),
        ...(['TARGET_AUTHORITY', 'TARGET_COMPETENT_AUTHORITY'] as const),
      );
      expect(stateAfter(across, 'PURGE_BY_GRADUATION')).toBe('PURGED');
      expect(stateAfter(underReview, 'PURGE_BY_GRADUATION')).toBeUndefined();
    },
  );
});
