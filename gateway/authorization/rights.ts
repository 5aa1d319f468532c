import type { Actor } from '#libs/platform/actor/actor.ts';
import type { Demand, Guards } from './guards.ts';

/** Which of the demands a caller meets. `key` is equal for callers with equal rights. */
export type Rights = { readonly key: string; meets(positions: readonly number[]): boolean };

const anyOfAll = (anyOf: readonly (readonly string[])[], has: (item: string) => boolean): boolean =>
  anyOf.some((all) => all.every(has));

/** A policy is the name of a role that the caller must have. */
const isMet = (demand: Demand, actor: Actor | null): boolean => {
  if (actor === null) return false;
  switch (demand.kind) {
    case 'authenticated':
      return true;
    case 'scopes':
      return anyOfAll(demand.anyOf, (scope) => actor.scopes.has(scope));
    case 'policies':
      return anyOfAll(demand.anyOf, (policy) => (actor.roles as ReadonlySet<string>).has(policy));
    default:
      return demand satisfies never;
  }
};

export const rightsOf = (guards: Guards, actor: Actor | null): Rights => {
  const met = guards.demands.map((demand) => isMet(demand, actor));
  return {
    key: met.map((one) => (one ? '1' : '0')).join(''),
    meets: (positions) => positions.every((position) => met[position] === true),
  };
};
