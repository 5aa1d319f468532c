import { demoCalendars, demoPromotions } from '#deploy/demo/calendars.ts';
import { CORE_SCHOOLS } from '#deploy/demo/core-schools.ts';
import { demoIdentities } from '#deploy/demo/identities.ts';
import { loadOrganization } from '#deploy/demo/load-organization.ts';
import { loadPupils } from '#deploy/demo/load-pupils.ts';
import { loadRegistrars } from '#deploy/demo/load-registrars.ts';
import { type NationPlan, planNation } from '#deploy/demo/nation-plan.ts';
import { SERVICES } from '#libs/contracts/vocabulary.ts';
import { simulatedClock } from '#libs/platform/clock/clock.ts';
import type { Log } from '#libs/platform/log/log.ts';
import { recountDueDates } from '#services/enrollment/recount/recount-worker.ts';
import { startNetwork, type TestNetwork } from '#test/support/network.ts';
import { addWork } from './work.ts';

const schoolYear = 2026;
const whole: readonly string[] = ['140000', '410000'];

/** The core schools and one school of each of a few other provinces: every kind of neighbour there is. */
const smallPlan = (pupils: number): NationPlan => {
  const plan = planNation({ scale: 200, schoolYear });
  const others = new Map(
    plan.schools
      .slice(CORE_SCHOOLS.length)
      .filter(({ kind, province }) => kind === 'PRIMARY' && !whole.includes(province ?? ''))
      .map((school) => [school.province, school] as const),
  );
  const schools = [...plan.schools.slice(0, CORE_SCHOOLS.length), ...[...others.values()].slice(0, 8)];
  return { ...plan, schools, scale: pupils };
};

/** The provinces, the units of Shanxi and Henan, and elsewhere those above the schools. */
const unitsAround = ({ tree, schools }: NationPlan) => {
  const above = new Set(
    schools.flatMap(({ authority, unit }) =>
      [authority, unit].flatMap((code) => {
        const found = tree.find(code);
        return found ? [code, ...tree.ancestors(found).map((each) => each.code)] : [];
      }),
    ),
  );
  return tree.units
    .filter(
      ({ code, level, province }) => above.has(code) || level === 'PROVINCE' || whole.includes(province),
    )
    .toSorted((a, b) => a.lo - b.lo || b.hi - a.hi);
};

/**
 * Waits until nothing is on its way and no worker has anything to do: twice, for what workers tell gives others work. The
 * clock stands, so from then on rows change by requests alone.
 */
export const atRest = async (network: TestNetwork): Promise<void> => {
  for (let round = 1; round <= 2; round++) {
    await network.settled();
    await Promise.all(network.services.map((each) => each.atRest()));
  }
  await network.settled();
};

export type Nation = { network: TestNetwork; plan: NationPlan };

/**
 * Every service with a few hundred pupils in Shanxi, Henan and elsewhere, guardians and a class teacher tied to theirs,
 * and one of every kind of work at several schools: waiting registrations, imports, monthly lists, problem records.
 */
export const startNation = async (
  pupils: number,
  options: { log?: (service: string) => Log } = {},
): Promise<Nation> => {
  const network = await startNetwork({
    services: SERVICES,
    clock: simulatedClock('2026-09-02T09:00:00+08:00'),
    log: options.log,
  });
  try {
    const plan = smallPlan(pupils);
    await loadOrganization(network.service('organization').core, {
      units: unitsAround(plan),
      schools: plan.schools,
      calendars: demoCalendars(),
      promotions: demoPromotions(),
    });
    await loadRegistrars(network.service('organization').core, plan);
    await network.settled();
    await loadPupils({
      identity: network.service('identity').core,
      enrollment: network.service('enrollment').core,
      plan,
      identities: demoIdentities(schoolYear),
      onProgress: () => undefined,
    });
    await addWork(network);
    while (await recountDueDates(network.service('enrollment').core));
    await atRest(network);
    return { network, plan };
  } catch (error) {
    await network.stop();
    throw error;
  }
};
