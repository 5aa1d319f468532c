import type { Actor } from '#libs/platform/actor/actor.ts';
import { unauthenticated } from '#libs/platform/errors/errors.ts';
import { type Action, isGranted, permissions } from '#libs/platform/permissions/table.ts';

const actions = Object.keys(permissions) as Action[];

/** What the closed table grants to somebody, whoever's pupils it may then be done to. */
export const allowedActions = (actor: Actor): Action[] =>
  actions.filter((action) => isGranted(actor, action)).sort();

/** The actor of a field that only somebody signed in may ask for; throws UNAUTHENTICATED without one. */
export const signedIn = (actor: Actor | null): Actor => {
  if (actor === null) throw unauthenticated();
  return actor;
};
