import { isUuid } from '#libs/contracts/ids.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated/types.ts';
import { type Candidate, duplicateCandidates } from './candidates.ts';

/** The explained list of who is perhaps the same child within the caller's scope; whose records it tells of is on the trail. */
export const candidatesOf = async (
  core: ServiceCore,
  student: string,
  context: Context,
): Promise<Candidate[]> => {
  authorize(context.actor, 'duplicate.look');
  if (!isUuid(student)) throw outOfJurisdiction();
  const candidates = await duplicateCandidates(core, await context.scope(), student);
  for (const person of [student, ...candidates.map((candidate) => candidate.person)])
    context.trail.read(person);
  return candidates;
};

/** A candidate: student and school are nodes of their own, shown as far as the caller may see them. */
export const candidateView: Resolvers['DuplicateCandidate'] = {
  student: async ({ person }, _, context) => {
    const row = await context.people.person.load(person);
    if (row === null) throw outOfJurisdiction();
    return row;
  },
  school: ({ school }) => ({ id: school }),
};
