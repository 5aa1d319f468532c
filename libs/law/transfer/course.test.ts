import fc from 'fast-check';
import { breaks, holds } from '#test/support/rules.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { handOf, type Move, moved, newCourse, PLANS } from '../testing/transfer-course.ts';
import { judgeAct, stateAfter, type TransferAct } from './acts.ts';
import {
  isTransferEnd,
  missingApprovals,
  nextAfter,
  obstaclesToDecision,
  openSteps,
  type TransferCourse,
  type TransferState,
} from './course.ts';
import { judgeHandling, judgeTransferDecision } from './decision.ts';
import type { Party, Way } from './parties.ts';

const ON = '2026-09-07';
const PARTIES: readonly Party[] = [
  'TARGET_SCHOOL',
  'PREFILING_BUREAU',
  'SOURCE_SCHOOL',
  'SOURCE_AUTHORITY',
  'TARGET_AUTHORITY',
  'TARGET_COMPETENT_AUTHORITY',
];
const ACTS: readonly TransferAct[] = [
  'WITHDRAW',
  'PURGE',
  'PURGE_BY_GRADUATION',
  'CALL_UP',
  'CANCEL',
  'HAND_OVER',
];
const WAYS: readonly Way[] = ['TRANSFER', 'CALLED_UP_TRANSFER', 'STUDY'];

/** Every arrow of the three workflows, written down once more. */
const ARROWS: Readonly<Record<Way, Partial<Record<TransferState, readonly TransferState[]>>>> = {
  TRANSFER: {
    DRAFT: ['PREFILING', 'REJECTED', 'WITHDRAWN', 'PURGED'],
    PREFILING: ['SOURCE_SCHOOL_REVIEW', 'REJECTED', 'WITHDRAWN', 'PURGED'],
    SOURCE_SCHOOL_REVIEW: ['AUTHORITIES_REVIEW', 'REJECTED', 'WITHDRAWN', 'PURGED'],
    AUTHORITIES_REVIEW: ['APPROVED', 'REJECTED', 'WITHDRAWN', 'PURGED'],
    APPROVED: ['HANDED_OVER'],
  },
  CALLED_UP_TRANSFER: {
    DRAFT: ['SOURCE_SCHOOL_REVIEW', 'REJECTED', 'WITHDRAWN', 'PURGED'],
    SOURCE_SCHOOL_REVIEW: ['AUTHORITIES_REVIEW', 'REJECTED', 'WITHDRAWN', 'PURGED'],
    AUTHORITIES_REVIEW: ['AWAIT_REPORTING', 'REJECTED', 'WITHDRAWN', 'PURGED'],
    AWAIT_REPORTING: ['CALL_UP', 'AUTO_CANCELLED', 'PURGED'],
    CALL_UP: ['HANDED_OVER', 'PURGED'],
  },
  STUDY: {
    DRAFT: ['TARGET_COUNTY_REVIEW', 'REJECTED', 'WITHDRAWN'],
    TARGET_COUNTY_REVIEW: ['SOURCE_COUNTY_REVIEW', 'REJECTED', 'PURGED'],
    SOURCE_COUNTY_REVIEW: ['AWAIT_REPORTING', 'REJECTED', 'PURGED'],
    AWAIT_REPORTING: ['CALL_UP', 'AUTO_CANCELLED'],
    CALL_UP: ['HANDED_OVER'],
  },
};

const subject = fc.constantFrom('registrar', 'head');
const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('HANDLE' as const),
      party: fc.constantFrom(...PARTIES),
      by: subject,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('DECIDE' as const),
      party: fc.constantFrom(...PARTIES),
      by: subject,
      decision: fc.constantFrom(
        'APPROVE' as const,
        'APPROVE' as const,
        'APPROVE' as const,
        'REFUSE' as const,
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('ACT' as const), act: fc.constantFrom(...ACTS) }) },
);
const EVERY_MOVE: readonly Move[] = [
  ...PARTIES.flatMap((party): Move[] =>
    ['registrar', 'head'].flatMap((by): Move[] => [
      { do: 'HANDLE', party, by },
      { do: 'DECIDE', party, by, decision: 'APPROVE' },
      { do: 'DECIDE', party, by, decision: 'REFUSE' },
    ]),
  ),
  ...ACTS.map((act): Move => ({ do: 'ACT', act })),
];

const played = (way: Way, moves: readonly Move[]): TransferCourse[] => {
  const cases = [newCourse(PLANS[way])];
  for (const each of moves) {
    const next = moved(last(cases), each);
    if (next !== undefined) cases.push(next);
  }
  return cases;
};

/** Every case that moves lead to, told apart by what its machine looks at. */
const reachable = (way: Way): TransferCourse[] => {
  const found = new Map<string, TransferCourse>();
  const waiting = [newCourse(PLANS[way])];
  for (let course = waiting.pop(); course !== undefined; course = waiting.pop()) {
    const key = `${course.state} ${course.steps.map((step) => [step.party, step.handledBy, step.decision])}`;
    if (found.has(key)) continue;
    found.set(key, course);
    for (const each of EVERY_MOVE) {
      const next = moved(course, each);
      if (next !== undefined) waiting.push(next);
    }
  }
  return [...found.values()];
};

const approve = (party: Party): Move[] => [
  { do: 'HANDLE', party, by: 'registrar' },
  { do: 'DECIDE', party, by: 'head', decision: 'APPROVE' },
];
const last = (cases: readonly TransferCourse[]): TransferCourse => cases.at(-1) ?? newCourse(PLANS.TRANSFER);
const caseAfter = (way: Way, ...parties: readonly Party[]): TransferCourse =>
  last(played(way, parties.flatMap(approve)));

/** The case carried through from where it is, everybody approving. */
const completed = (course: TransferCourse): TransferCourse => {
  let now = course;
  for (let round = 0; round < 20 && !isTransferEnd(now.state); round += 1) {
    const [step] = openSteps(now);
    const moves: Move[] = step
      ? [
          ...(step.handledBy === 'head'
            ? [{ do: 'DECIDE' as const, party: step.party, by: 'registrar', decision: 'APPROVE' as const }]
            : approve(step.party)),
        ]
      : [{ do: 'ACT', act: now.state === 'AWAIT_REPORTING' ? 'CALL_UP' : 'HAND_OVER' }];
    for (const each of moves) now = moved(now, each) ?? now;
  }
  return now;
};

describe('any order of any moves', () => {
  const game = fc.tuple(fc.constantFrom(...WAYS), fc.array(move, { maxLength: 60 }));

  it('follows the arrows of its workflow and no others', () => {
    fc.assert(
      fc.property(game, ([way, moves]) => {
        const cases = played(way, moves);
        for (const [at, course] of cases.slice(1).entries()) {
          const before = cases[at]?.state ?? 'DRAFT';
          if (before !== course.state) expect(ARROWS[way][before]).toContain(course.state);
        }
      }),
    );
  });

  it('comes to one end at most, which nothing leaves', () => {
    fc.assert(
      fc.property(game, ([way, moves]) => {
        const cases = played(way, moves);
        expect(cases.filter(({ state }) => isTransferEnd(state)).length).toBeLessThanOrEqual(1);
        const end = last(cases);
        if (isTransferEnd(end.state)) {
          for (const each of EVERY_MOVE) expect(moved(end, each)).toBeUndefined();
        }
      }),
    );
  });

  it('never leaves a case without a way to the hand-over or to an end', () => {
    fc.assert(
      fc.property(game, ([way, moves]) => {
        for (const course of played(way, moves)) {
          if (isTransferEnd(course.state)) continue;
          expect(EVERY_MOVE.some((each) => moved(course, each) !== undefined)).toBe(true);
          expect(completed(course).state).toBe('HANDED_OVER');
        }
      }),
    );
  });

  it('hands nothing over without every approval, each by two persons of the unit', () => {
    fc.assert(
      fc.property(game, ([way, moves]) => {
        for (const { state, plan, steps } of played(way, moves)) {
          const decided = steps.filter(({ decision }) => decision !== null);
          for (const { handledBy, decidedBy } of decided) {
            expect(handledBy).not.toBeNull();
            expect(decidedBy).not.toBe(handledBy);
          }
          const complete = ['APPROVED', 'AWAIT_REPORTING', 'CALL_UP', 'HANDED_OVER', 'AUTO_CANCELLED'];
          if (complete.includes(state)) expect(missingApprovals({ plan, steps })).toEqual([]);
        }
      }),
    );
  });

  it.each(WAYS)('of %s: every case that can be reached, one by one, keeps all of this', (way) => {
    const cases = reachable(way);
    const arrows = new Map<TransferState, Set<TransferState>>();
    for (const course of cases) {
      for (const each of EVERY_MOVE) {
        const next = moved(course, each);
        if (next === undefined || next.state === course.state) continue;
        arrows.set(course.state, (arrows.get(course.state) ?? new Set()).add(next.state));
      }
      if (isTransferEnd(course.state))
        expect(EVERY_MOVE.flatMap((each) => moved(course, each) ?? [])).toEqual([]);
      else expect(completed(course).state).toBe('HANDED_OVER');
      if (course.state === 'HANDED_OVER') expect(missingApprovals(course)).toEqual([]);
    }
    const expected = Object.entries(ARROWS[way]).map(([from, to]) => [from, [...to].sort()]);
    expect([...arrows].map(([from, to]) => [from, [...to].sort()]).sort()).toEqual(expected.sort());
  });

  it('is the same for the two authorities in either order', () => {
    const parties: Party[] = ['TARGET_SCHOOL', 'PREFILING_BUREAU', 'TARGET_SCHOOL', 'SOURCE_SCHOOL'];
    const one = caseAfter('TRANSFER', ...parties, 'SOURCE_AUTHORITY', 'TARGET_AUTHORITY');
    const other = caseAfter('TRANSFER', ...parties, 'TARGET_AUTHORITY', 'SOURCE_AUTHORITY');
    expect([one.state, other.state]).toEqual(['APPROVED', 'APPROVED']);
    expect(caseAfter('TRANSFER', ...parties, 'TARGET_AUTHORITY').state).toBe('AUTHORITIES_REVIEW');
  });
});

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
      },
      ON,
      ELSEWHERE,
    );
  const draft = newCourse(PLANS.CALLED_UP_TRANSFER);
  const handled = last(
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
