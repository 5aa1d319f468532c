import type { Role } from '#libs/platform/actor/claims.ts';
import type { Directory } from '#libs/platform/directory/directory.ts';
import type { Context } from './context.ts';

/** Roles at the own school that work with full values (a class teacher does not). */
const ownSchool: readonly Role[] = ['REGISTRAR', 'DECISION_MAKER', 'PRINCIPAL'];

/** An argument that asks for a value in full. */
export type Full = { full?: boolean | null };

/** Gives a value masked, or in full to who asks and may; either way it is on the trail. */
export type Release = (
  context: Context,
  person: string,
  args: Full,
  value: string,
  mask: (value: string) => string,
) => Promise<string>;

/** Full values are for the own school, its registry authority and the guardian; a level above sees them masked (PRV-14). */
export const createRelease = (directory: Directory): Release => {
  const mayReadFull = async ({ actor, people }: Context, id: string): Promise<boolean> => {
    if (actor === null) return false;
    if (actor.level === 'NONE') return actor.roles.has('GUARDIAN');
    if (actor.level === 'SCHOOL') return ownSchool.some((role) => actor.roles.has(role));
    const person = await people.person.load(id);
    const school = person === null ? undefined : await directory.school(person.school);
    return school !== undefined && school.authority === actor.unit;
  };

  return async (context, person, { full }, value, mask) => {
    if (full !== true || !(await mayReadFull(context, person))) {
      context.trail.read(person);
      return mask(value);
    }
    context.trail.readFull(person);
    return value;
  };
};
