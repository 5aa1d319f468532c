import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { badInput, outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { isPassing } from './succession/passage.ts';

/** The school of the caller's own staff; anything else is out of jurisdiction, existing or not. */
export const ownSchool = async (core: ServiceCore, actor: Actor, school: string): Promise<SchoolFact> => {
  const fact = actor.school === school ? await core.directory.school(school) : undefined;
  if (fact === undefined || fact.state !== 'ACTIVE') throw outOfJurisdiction();
  return fact;
};

const passing = (into: string) =>
  badInput([
    {
      path: ['school'],
      code: 'SCHOOL_MERGING',
      message: `本校学籍正在转入学校${into}，请由该校办理新生、转入等建籍手续。 Registrations of this school are moving to ${into}: new ones are made there.`,
    },
  ]);

/** The own school as one that new pupils come to; refused while its registrations move to another one. */
export const receivingSchool = async (
  core: ServiceCore,
  actor: Actor,
  school: string,
): Promise<SchoolFact> => {
  const fact = await ownSchool(core, actor, school);
  if (isPassing(fact, core.clock.today())) throw passing(fact.succession?.into ?? '');
  return fact;
};
