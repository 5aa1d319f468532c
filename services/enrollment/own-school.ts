import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

/** The school of the caller's own staff; anything else is out of jurisdiction, existing or not. */
export const ownSchool = async (core: ServiceCore, actor: Actor, school: string): Promise<SchoolFact> => {
  const fact = actor.school === school ? await core.directory.school(school) : undefined;
  if (fact === undefined || fact.state !== 'ACTIVE') throw outOfJurisdiction();
  return fact;
};
