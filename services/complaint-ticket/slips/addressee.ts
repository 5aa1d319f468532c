import type { Actor } from '#libs/platform/actor/actor.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type Workplace, workplaceBy } from '../standing/places.ts';

/** Whom a slip goes to: the unit, where its code is one, and whether it stands below the issuer. */
export type Addressee = { code: string | null; unit: Workplace | undefined; isBelow: boolean };

export const addresseeOf = async (
  core: Pick<ServiceCore, 'directory'>,
  caller: Actor,
  to: string | null | undefined,
): Promise<Addressee> => {
  const [own, range] = [
    await core.directory.workplaceOf(caller),
    to ? await core.directory.rangeOf(to) : undefined,
  ];
  const isBelow =
    own !== undefined && range !== undefined && to !== own.code && range.lo >= own.lo && range.hi <= own.hi;
  return { code: to || null, unit: to ? await workplaceBy(core, to) : undefined, isBelow };
};
