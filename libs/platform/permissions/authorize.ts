import type { Actor } from '../actor/actor.ts';
import { outOfJurisdiction, unauthenticated } from '../errors/errors.ts';
import { type Action, isGranted } from './table.ts';

/** The actor, if there is one and the closed table grants the action; throws otherwise. */
export const authorize = (actor: Actor | null, action: Action): Actor => {
  if (actor === null) throw unauthenticated();
  if (!isGranted(actor, action)) throw outOfJurisdiction();
  return actor;
};
