import { randomInt } from 'node:crypto';
import { type Random, randomOf, some } from '#deploy/demo/random.ts';
import { SERVICES } from '#libs/contracts/vocabulary.ts';
import { receiving } from '#test/service/transfer/transfer-desk.ts';
import { holds } from '#test/support/rules.ts';
import { invariantsOf } from './kills/invariants.ts';
import { type Load, startLoad } from './kills/load.ts';
import { type KillableRegistry, startKillable, type Victim } from './kills/registry.ts';
import { transfersOf } from './kills/transfers.ts';

/**
 * A registry in processes, schools that register without a pause, and SIGKILL for one part of it after another: 3
 * rounds here, 100 where TEST_SIZE is long. KILLS_SEED plays the same order of kills again.
 */
const isLong = process.env.TEST_SIZE === 'long';
const rounds = isLong ? 100 : 3;
const seed = Number(process.env.KILLS_SEED ?? randomInt(2 ** 31));
const longest = isLong ? 1_800_000 : 120_000;
const writers = 3;

/** Of three rounds one is for a service, one for the database and one for the stream, in any order. */
const victimsOf = (random: Random): Victim[] =>
  Array.from({ length: Math.ceil(rounds / 3) }).flatMap(() => {
    const left: Victim[] = [random.pick(SERVICES), 'postgres', 'nats'];
    const order: Victim[] = [];
    while (left.length > 0) order.push(...left.splice(random.between(0, left.length - 1), 1));
    return order;
  });

describe('a registry whose parts are killed under load', () => {
  const random = randomOf('kills', seed);
  const victims = victimsOf(random).slice(0, rounds);
  let registry: KillableRegistry;
  let load: Load;

  beforeAll(async () => {
    process.stdout.write(`kills: KILLS_SEED=${seed}: ${victims.join(' ')}\n`);
    registry = await startKillable();
    load = startLoad(registry, writers);
  }, longest);
  afterAll(async () => {
    await load?.pause();
    await registry?.stop();
  }, 60_000);

  test(
    'keeps what it acknowledged, once, and goes on by itself',
    async () => {
      const invariants = invariantsOf(registry);
      for (const [round, victim] of some(victims).entries()) {
        load.resume();
        await load.more(random.between(1, 20));
        await registry.kill(victim);
        await load.more(writers * 2);
        await load.pause();
        await invariants.settled();
        const faults = await invariants.faults(load.acknowledged);
        expect({ seed, round, victim, faults, refusals: load.refusals }).toEqual({
          seed,
          round,
          victim,
          faults: [],
          refusals: [],
        });
      }
      expect(load.acknowledged.length).toBeGreaterThanOrEqual(rounds * (writers * 2 + 1));
    },
    longest,
  );

  /** What is killed, and when: while the registration is about to move, or as soon as the last approval was answered. */
  const deaths: readonly { victim: Victim; moment: 'WHILE_MOVING' | 'AS_APPROVED' }[] = isLong
    ? Array.from({ length: 10 }).flatMap(() => [
        { victim: 'transfer' as const, moment: 'WHILE_MOVING' as const },
        { victim: 'enrollment' as const, moment: 'WHILE_MOVING' as const },
        {
          victim: random.pick(['transfer', 'enrollment', 'nats', 'postgres'] as const),
          moment: 'AS_APPROVED' as const,
        },
      ])
    : [
        { victim: 'transfer', moment: 'WHILE_MOVING' },
        { victim: 'enrollment', moment: 'WHILE_MOVING' },
      ];

  test(
    holds('TRF-01', 'moves the registration of an approved transfer once, whoever dies before it has moved'),
    async () => {
      const transfers = transfersOf(registry);
      for (const [nth, { victim, moment }] of deaths.entries()) {
        const approved = await transfers.nearlyApproved(nth + 1);
        if (moment === 'WHILE_MOVING') await transfers.whileMoving(approved, victim);
        else {
          await transfers.approveLast(approved);
          await registry.kill(victim);
        }
        expect({ seed, victim, moment, ...(await transfers.moved(approved)) }).toEqual({
          ...{ seed, victim, moment, place: 'TAKEN', moves: 1, handedOver: 1, completed: 1 },
          registrations: [{ school: receiving.school, status: 'IN_SCHOOL' }],
        });
      }
    },
    longest,
  );
});
