import fc from 'fast-check';
import type { Child } from './ground.ts';

/** A case that may be put together: about whom, at which school, and whether a class is named. */
export type Slot = { child: Child; at: 'a' | 'b'; named: boolean };
export const FIRST_TO_A: Slot = { child: 'first', at: 'a', named: false };
export const FIRST_TO_B: Slot = { child: 'first', at: 'b', named: true };
export const SECOND_TO_A: Slot = { child: 'second', at: 'a', named: true };

/** How far a case has come when a run begins. */
export const POSITIONS = [
  ...['NONE', 'DRAFT', 'STARTED', 'SOURCE_HANDLED', 'AUTHORITIES', 'ONE_HANDLED', 'ONE_DECIDED'],
  ...['LAST_HANDLED', 'APPROVED'],
] as const;

/** Two cases of one child at two schools, or two children who want places at one school. */
export const SCENES = {
  ONE_CHILD: [FIRST_TO_A, FIRST_TO_B],
  TWO_CHILDREN: [FIRST_TO_A, SECOND_TO_A],
} as const satisfies Record<string, readonly [Slot, Slot]>;
export type Scene = keyof typeof SCENES;

type Nth = 0 | 1;

/**
 * What somebody does. NEXT: whoever has the turn handles or approves, `twice` sends it twice under one key, `dies` loses the
 * process after its last question was answered. Workers take one step each. SUSPEND resumes who is suspended, OTHER_CASE
 * ends the one that runs, TAKE_PLACE gives back the one that was taken. MOMENT moves the clock on to the next instant at
 * which something is due, DELIVER brings what enrollment has told since.
 */
export type Act =
  | { do: 'INITIATE' | 'REFUSE' | 'WITHDRAW' | 'DISCARD'; nth: Nth }
  | { do: 'NEXT'; nth: Nth; party: number; twice: boolean; dies: boolean }
  | { do: 'HAND_OVER' | 'RELEASE'; dies: boolean }
  | { do: 'PURGE' | 'LATE' | 'MOMENT' | 'DELIVER' }
  | { do: 'SUSPEND' | 'GRADUATE' | 'OTHER_CASE'; nth: Nth }
  | { do: 'MERGE'; into: 'successor' | 'b' }
  | { do: 'TAKE_PLACE'; at: 'a' | 'b' };

export const SEASONS = {
  /** From the first days of term to the second at which a case is purged. */
  AUTUMN: {
    begins: '2026-09-02T09:00:00+08:00',
    moments: [
      '2026-09-17T09:00:00+08:00',
      '2026-10-20T09:00:00+08:00',
      '2026-12-01T23:59:59+08:00',
      '2026-12-02T00:00:00+08:00',
    ],
  },
  /** From the last day before the summer stop over the night of the promotion. */
  SUMMER: {
    begins: '2027-07-14T10:00:00+08:00',
    moments: [
      '2027-08-10T23:59:59+08:00',
      '2027-08-11T00:00:00+08:00',
      '2027-10-12T23:59:59+08:00',
      '2027-10-13T00:00:00+08:00',
    ],
  },
} as const;
export type Season = keyof typeof SEASONS;

export type Plan = {
  scene: Scene;
  season: Season;
  seats: 1 | 2;
  positions: [number, number];
  /** Each inner list is done at the same moment, one list after the other. */
  bursts: Act[][];
};

const nth = fc.constantFrom<Nth>(0, 1);
const seldom = fc.integer({ min: 0, max: 7 }).map((drawn) => drawn === 7);
const at = fc.constantFrom<'a' | 'b'>('a', 'b');

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      ...{ do: fc.constant('NEXT' as const), nth, party: fc.nat({ max: 1 }) },
      ...{ twice: seldom, dies: seldom },
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('HAND_OVER' as const), dies: seldom }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('RELEASE' as const), dies: seldom }) },
  {
    weight: 4,
    arbitrary: fc.record({
      ...{ do: fc.constantFrom('INITIATE' as const, 'REFUSE', 'WITHDRAW', 'DISCARD'), nth },
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('PURGE' as const, 'LATE', 'MOMENT', 'DELIVER') }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('SUSPEND' as const, 'GRADUATE', 'OTHER_CASE'), nth }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('MERGE' as const),
      into: fc.constantFrom<'successor' | 'b'>('successor', 'b'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('TAKE_PLACE' as const), at }) },
);

/** A child has drafts of several schools and one started case; a place is held for one case. */
const together = (scene: Scene, seats: number, [one, other]: [number, number]): [number, number] => {
  const draft = POSITIONS.indexOf('DRAFT');
  const excludes = scene === 'ONE_CHILD' || seats === 1;
  return excludes && one > draft && other > draft ? [one, draft] : [one, other];
};

/** Now and then far on, more often where two are about to meet. */
const position = fc.oneof(
  { weight: 2, arbitrary: fc.nat({ max: POSITIONS.length - 1 }) },
  { weight: 1, arbitrary: fc.constant(POSITIONS.indexOf('DRAFT')) },
);

export const plans: fc.Arbitrary<Plan> = fc
  .record({
    scene: fc.constantFrom<Scene>('ONE_CHILD', 'TWO_CHILDREN'),
    season: fc.constantFrom<Season>('AUTUMN', 'SUMMER'),
    seats: fc.constantFrom<1 | 2>(1, 2),
    positions: fc.tuple(position, position),
    bursts: fc.array(fc.array(act, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 }),
  })
  .map((plan) => ({ ...plan, positions: together(plan.scene, plan.seats, plan.positions) }));
