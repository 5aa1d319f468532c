import type { Actor } from '#libs/platform/actor/actor.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { PlaceRange } from '../stock/blocks.ts';
import { readerOf } from './disclosure.ts';

/** A unit or school that a caller may ask about, with its range and the caller's own. */
type Covered = { scope: string; range: PlaceRange; own: PlaceRange };

/** The scope asked for, if it lies inside the caller's own; throws OUT_OF_JURISDICTION for any other (PRV-12). */
export const coveredScope = async (
  core: Pick<ServiceCore, 'directory'>,
  actor: Actor,
  asked: string | undefined,
): Promise<Covered> => {
  const own = await core.directory.workplaceOf(actor);
  const scope = asked ?? own?.code;
  const range = scope === undefined ? undefined : await core.directory.rangeOf(scope);
  if (scope === undefined || range === undefined || own === undefined) throw outOfJurisdiction();
  if (readerOf(own, range) !== 'EXACT') throw outOfJurisdiction();
  return { scope, range, own };
};
