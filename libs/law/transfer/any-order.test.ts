import fc from 'fast-check';
import {
  approvalBy,
  caseAfter,
  lastOf,
  type Move,
  moved,
  newCourse,
  PLANS,
  played,
} from '../testing/transfer-course.ts';
import type { TransferAct } from './acts.ts';
import {
  isTransferEnd,
  missingApprovals,
  openSteps,
  type TransferCourse,
  type TransferState,
} from './course.ts';
import type { Party, Way } from './parties.ts';

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
  'DISCARD',
];
const WAYS: readonly Way[] = ['TRANSFER', 'CALLED_UP_TRANSFER', 'STUDY'];

/** Every arrow of the three workflows, written down once more. */
const ARROWS: Readonly<Record<Way, Partial<Record<TransferState, readonly TransferState[]>>>> = {
  TRANSFER: {
    DRAFT: ['PREFILING', 'REJECTED', 'WITHDRAWN', 'PURGED', 'DISCARDED'],
    PREFILING: ['SOURCE_SCHOOL_REVIEW', 'REJECTED', 'WITHDRAWN', 'PURGED', 'DISCARDED'],
    SOURCE_SCHOOL_REVIEW: ['AUTHORITIES_REVIEW', 'REJECTED', 'WITHDRAWN', 'PURGED'],
    AUTHORITIES_REVIEW: ['APPROVED', 'REJECTED', 'WITHDRAWN', 'PURGED'],
    APPROVED: ['HANDED_OVER'],
  },
  CALLED_UP_TRANSFER: {
    DRAFT: ['SOURCE_SCHOOL_REVIEW', 'REJECTED', 'WITHDRAWN', 'PURGED', 'DISCARDED'],
    SOURCE_SCHOOL_REVIEW: ['AUTHORITIES_REVIEW', 'REJECTED', 'WITHDRAWN', 'PURGED'],
    AUTHORITIES_REVIEW: ['AWAIT_REPORTING', 'REJECTED', 'WITHDRAWN', 'PURGED'],
    AWAIT_REPORTING: ['CALL_UP', 'AUTO_CANCELLED', 'PURGED'],
    CALL_UP: ['HANDED_OVER', 'PURGED'],
  },
  STUDY: {
    DRAFT: ['TARGET_COUNTY_REVIEW', 'REJECTED', 'WITHDRAWN', 'DISCARDED'],
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

/** The case carried through from where it is, everybody approving. */
const completed = (course: TransferCourse): TransferCourse => {
  let now = course;
  for (let round = 0; round < 20 && !isTransferEnd(now.state); round += 1) {
    const [step] = openSteps(now);
    const moves: Move[] = step
      ? [
          ...(step.handledBy === 'head'
            ? [{ do: 'DECIDE' as const, party: step.party, by: 'registrar', decision: 'APPROVE' as const }]
            : approvalBy(step.party)),
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
        const end = lastOf(cases);
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
