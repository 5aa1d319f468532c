import type { Actor } from '../actor.ts';
import { guardianDesk, unitDesks } from '../world/desks.ts';
import type { World } from '../world/world.ts';

type Deferral = { id: string; version: number; state: string };

const APPLIES = '2026-08-18';
const DECIDES = '2026-08-25';
const TOO_LATE = '2026-09-08';
const SHARE = 0.7;
const REFUSED = 0.2;
const ELSEWHERE = '140106';

/** Parents who want a child to enter a year later ask the county of the household; it decides before the year (ENR-11). */
export const actor: Actor = {
  name: 'deferrals',
  at: '11:30',
  act: async (day, world) => {
    const waiting = world.memory<Map<string, Deferral>>(() => new Map());
    const counties = [...new Set(world.schools().map(({ unit }) => unit))].sort();
    if (day === APPLIES)
      for (const [nth, county] of counties.entries())
        if (nth === 0 || world.random(county).chance(SHARE)) await apply(world, waiting, county);
    if (day === DECIDES) for (const [county, deferral] of waiting) await decide(world, county, deferral);
    if (day === TOO_LATE && world.isShanxiLaw(counties[0] ?? ''))
      await ask(world, counties[0] ?? '', counties[0] ?? '', ['DEFERRAL_OUT_OF_TIME']);
  },
};

const ask = async (
  world: World,
  county: string,
  householdCounty: string,
  expects: readonly string[] = [],
): Promise<Deferral | null> => {
  const payload = await world.order<{ deferral: Deferral | null }>({
    as: guardianDesk(`year-parent-${county}`),
    does: 'requestDeferral',
    type: 'DeferralInput',
    gives: 'deferral { id version state }',
    expects,
    input: {
      county,
      householdCounty,
      schoolYear: 2026,
      child: { name: '缓学童', birthDate: '2020-03-04', grounds: '术后休养' },
    },
  });
  return payload?.deferral ?? null;
};

/** Some ask the county where they live before that of the household. */
const apply = async (world: World, waiting: Map<string, Deferral>, county: string): Promise<void> => {
  if (world.random('wrong', county).chance(0.5))
    await ask(world, county, county === ELSEWHERE ? '140107' : ELSEWHERE, ['DEFERRAL_WRONG_AUTHORITY']);
  const deferral = await ask(world, county, county);
  if (deferral !== null) waiting.set(county, deferral);
};

const decide = async (world: World, county: string, { id, version }: Deferral): Promise<void> => {
  const isRefused = world.random('refused', county).chance(REFUSED);
  await world.order({
    as: unitDesks(county, 'COUNTY').head,
    does: 'decideDeferral',
    type: 'DecideDeferralInput',
    gives: 'deferral { id state }',
    input: {
      deferral: id,
      expectedVersion: version,
      decision: isRefused ? 'REFUSE' : 'APPROVE',
      reason: '材料齐全',
    },
  });
};
