import fc from 'fast-check';
import { breaks } from '#test/support/rules.ts';
import { type Plan, POSITIONS, plans, SCENES, SEASONS, type Season, type Slot } from './interleaved/acts.ts';
import { type Ground, startGround } from './interleaved/ground.ts';
import { type Kept, keepCase, keepRegistrations, putBack } from './interleaved/keep.ts';
import { type Players, playersOf } from './interleaved/players.ts';
import { truthOf } from './interleaved/truth.ts';
import { watchOf } from './interleaved/watch.ts';

/**
 * Cases, expiries and decisions in any order and at the same moment: 500 runs here, 10,000 where TEST_SIZE is long.
 * INTERLEAVINGS_SEED plays other runs.
 */
const runs = process.env.TEST_SIZE === 'long' ? 10_000 : 500;
const longest = process.env.TEST_SIZE === 'long' ? 5_400_000 : 180_000;
const seed = Number(process.env.INTERLEAVINGS_SEED ?? 7);

describe('cases of two receiving schools, interleaved', () => {
  let ground: Ground;
  let registrations: Kept;
  const kept = new Map<string, Kept>();

  const keyOf = (season: Season, { child, at }: Slot, position: number) =>
    `${season} ${child} ${at} ${position}`;

  /** Carries one case from its draft to the last approval and keeps how it stood at each position. */
  const keepPositions = async (season: Season, slot: Slot): Promise<void> => {
    await putBack(ground, [registrations], 2);
    ground.clock.setTo(SEASONS[season].begins);
    const players = playersOf(ground, season, [slot, slot]);
    const made = await players.initiate(slot);
    if (!made?.transfer) throw new Error(`No case was put together: ${JSON.stringify(made?.findings)}`);
    kept.set(keyOf(season, slot, 1), await keepCase(ground, made.transfer));
    for (let position = 2; position < POSITIONS.length; position++) {
      await players.next(slot, 0, false, false);
      kept.set(keyOf(season, slot, position), await keepCase(ground, made.transfer));
    }
    const { cases } = await truthOf(ground);
    expect(cases).toMatchObject([{ state: 'APPROVED' }]);
  };

  beforeAll(async () => {
    ground = await startGround();
    registrations = await keepRegistrations(ground);
    for (const season of ['AUTUMN', 'SUMMER'] as const) {
      for (const slot of new Set(Object.values(SCENES).flat())) await keepPositions(season, slot);
    }
  });
  afterAll(() => ground?.stop());

  const begin = async ({ scene, season, seats, positions }: Plan): Promise<Players> => {
    ground.clock.setTo(SEASONS[season].begins);
    const slots = SCENES[scene];
    const cases = slots.map((slot, nth) => kept.get(keyOf(season, slot, positions[nth] ?? 0)) ?? '');
    await putBack(ground, [registrations, ...cases], seats);
    return playersOf(ground, season, slots);
  };

  test(
    breaks(
      'TRF-01',
      'never double a child, lose it, or give one place twice, and each comes to one right end',
    ),
    async () => {
      await fc.assert(
        fc.asyncProperty(plans, async (plan) => {
          const players = await begin(plan);
          const watch = await watchOf(ground, plan);
          for (const burst of plan.bursts) await watch.during(burst, players);
          await watch.finish(players);
        }),
        { numRuns: runs, seed, includeErrorInReport: true },
      );
    },
    longest,
  );
});
