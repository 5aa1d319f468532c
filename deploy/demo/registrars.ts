import type { PostRole } from '#libs/contracts/vocabulary.ts';
import { type DemoIdentity, demoIdentities } from './identities.ts';
import { adultName } from './names.ts';
import type { NationPlan } from './nation-plan.ts';
import { demoPhone } from './phone.ts';
import { randomOf } from './random.ts';

/** Somebody who answers for the registrations of a school or unit of the demo nation. */
export type DemoRegistrar = {
  /** Stable within a nation. */
  key: string;
  /** Code of the school or unit. */
  workplace: string;
  roles: PostRole[];
  /** Subject of the tokens; of the demo's identities where one works here in this role. */
  subject: string;
  name: string;
  phone: string;
  /** Demo identities sign in without a password. */
  hasPassword: boolean;
};

const ROLES = {
  school: ['REGISTRAR', 'DECISION_MAKER', 'PRINCIPAL'],
  unit: ['REGISTRAR', 'DECISION_MAKER'],
} as const;

/** Phones from here on belong to nobody among the guardians of any demo nation. */
const FIRST_PHONE = 90_000_000;

const filedRoles = ({ claims }: DemoIdentity): PostRole[] =>
  ROLES.school.filter((role) => (claims.roles as readonly string[]).includes(role));

/** Schools to which the rules about registrations apply, and the units that they stand under, the ministry left out. */
const workplaces = ({ schools, tree }: NationPlan): { code: string; roles: readonly PostRole[] }[] => {
  const covered = schools.filter(({ kind }) => kind !== 'KINDERGARTEN' && kind !== 'VOCATIONAL');
  const units = new Set(
    covered.flatMap(({ unit }) => {
      const found = tree.find(unit);
      return found === undefined ? [] : [unit, ...tree.ancestors(found).map(({ code }) => code)];
    }),
  );
  return [
    ...[...units]
      .filter((code) => tree.find(code)?.level !== 'MINISTRY')
      .map((code) => ({ code, roles: ROLES.unit })),
    ...covered.map(({ code }) => ({ code, roles: ROLES.school })),
  ];
};

/**
 * Who handles, decides and answers in every covered school and in every unit above one, so that ACC-01, ACC-18 and ORG-07
 * hold. The demo's identities of schools and authorities are among them; the ministry's are not filed, so that there is
 * always somebody who can unseal the others.
 */
export function* demoRegistrars(
  plan: NationPlan,
  signedIn: readonly DemoIdentity[] = demoIdentities(plan.schoolYear),
): Generator<DemoRegistrar> {
  const identities = Map.groupBy(
    signedIn.filter((identity) => filedRoles(identity).length > 0),
    ({ claims }) => claims.school ?? claims.unit ?? '',
  );
  let nth = 0;
  const person = (
    workplace: string,
    roles: PostRole[],
    subject: string,
    hasPassword: boolean,
  ): DemoRegistrar => {
    const key = `${workplace}-${roles.join('-')}`;
    const random = randomOf(plan.seed, 'registrar', key);
    const name = adultName(random, random.chance(0.5) ? 'FEMALE' : 'MALE', null, null);
    return { key, workplace, roles, subject, name, phone: demoPhone(FIRST_PHONE + nth++), hasPassword };
  };
  for (const { code, roles } of workplaces(plan)) {
    const here = identities.get(code) ?? [];
    for (const identity of here) yield person(code, filedRoles(identity), identity.claims.sub, false);
    const taken = new Set(here.flatMap(filedRoles));
    for (const role of roles.filter((each) => !taken.has(each)))
      yield person(code, [role], `demo-${code}-${role.toLowerCase().replace('_', '-')}`, true);
  }
}
