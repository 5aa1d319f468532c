import { enforces } from '#libs/law/enforces.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import type { Scope } from '#libs/platform/database/scope.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { isAtPhone } from './parties.ts';

/** Who sees what is handled at the own unit, and nothing below it. */
const ownUnitOnly = (actor: Actor): boolean => actor.level === 'MINISTRY' || isAtPhone(actor);

/**
 * What somebody may touch of tickets: an authority those of its range, a school those that are given to it or came from it,
 * a guardian those about the own child (PRV-11). The ministry and call centres have no standing range over children: they see
 * single tickets that came to their own unit, or through it (PRV-12).
 */
export const ticketScopeOf = async (
  { directory }: Pick<ServiceCore, 'directory'>,
  actor: Actor,
): Promise<Scope> => {
  enforces('PRV-11', 'PRV-12');
  if (!isGranted(actor, 'ticket.read') || !ownUnitOnly(actor)) return directory.scopeOf(actor);
  const own = await directory.workplaceOf(actor);
  return own === undefined ? directory.scopeOf(actor) : { lo: own.lo, hi: own.lo, persons: [] };
};
