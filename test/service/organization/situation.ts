import { demoExamRegistrations } from '#deploy/demo/admission-areas.ts';
import { demoCalendars, demoPromotions } from '#deploy/demo/calendars.ts';
import { demoIdentities } from '#deploy/demo/identities.ts';
import { loadOrganization } from '#deploy/demo/load-organization.ts';
import { planNation } from '#deploy/demo/nation-plan.ts';
import { demoUnits } from '#deploy/demo/units.ts';
import type { SimulatedClock } from '#libs/platform/clock/clock.ts';
import { type Answer, startNetwork, type TestNetwork } from '#test/support/network.ts';

/** Schools of the demo nation that every test here finds: the core schools and some more of other provinces. */
export const SCHOOLS = planNation().schools.slice(0, 60);

export type Situation = TestNetwork & {
  /** One operation as somebody of the demo nation, by the short name; `null` is nobody. */
  as<Data = Record<string, unknown>>(
    name: string | null,
    query: string,
    variables?: Record<string, unknown>,
  ): Promise<Answer<Data>>;
};

/** organization with the nation's units, some schools, the calendars and promotions of the demo, all told to everybody. */
export const startSituation = async (clock?: SimulatedClock): Promise<Situation> => {
  const network = await startNetwork({ services: ['organization'], clock });
  try {
    await loadOrganization(network.service('organization').core, {
      units: demoUnits(),
      schools: SCHOOLS,
      calendars: demoCalendars(),
      promotions: demoPromotions(),
      examRegistrations: demoExamRegistrations(),
    });
    await network.settled();
  } catch (error) {
    await network.stop();
    throw error;
  }
  const tokens = new Map(
    await Promise.all(
      demoIdentities().map(async ({ name, claims }) => [name, await network.tokenFor(claims)] as const),
    ),
  );
  const tokenOf = (name: string): string => {
    const token = tokens.get(name);
    if (token === undefined) throw new Error(`the demo nation has no identity ${name}`);
    return token;
  };
  return {
    ...network,
    as: (name, query, variables) =>
      network.graphql('organization', name === null ? null : tokenOf(name), query, variables),
  };
};

/** The code of the only error of an answer. */
export const refusal = (answer: Answer<unknown>): unknown => {
  const [error, ...others] = answer.errors;
  if (error === undefined || others.length > 0) return answer.errors.map((each) => each.extensions.code);
  return error.extensions.code;
};
