import { schoolDesks } from '../world/desks.ts';
import type { Acknowledged } from '../world/identity-notes.ts';
import type { World } from '../world/world.ts';
import type { Invariant } from './invariant.ts';

type Kept = {
  name: string;
  ethnicity: string | null;
  identityDocument: { number: string | null } | null;
  profile: { contactPhone: string | null; isBoarder: boolean | null } | null;
  formerKeyInformation: { change: string }[];
};

const question = `query ($id: ID!) { student(id: $id) { name ethnicity identityDocument { number(full: true) }
  profile { contactPhone(full: true) isBoarder } formerKeyInformation { change } } }`;

/**
 * What was acknowledged of who a child is and of what is known of it is what its school sees, and what stood before is
 * kept: of the children of this month, and at the end of the year of all.
 */
export const identities: Invariant = async (world) => {
  const told: string[] = [];
  const { days, identity } = world.shared;
  const isEnd = days.at(-1)?.slice(0, 7) === world.today.slice(0, 7);
  await world.each(identity.since(isEnd ? '' : `${world.today.slice(0, 7)}-01`), async (one) => {
    told.push(...(await differencesOf(world, one)));
  });
  return told.sort();
};

const differencesOf = async (world: World, { pupil, told, keyChanges }: Acknowledged): Promise<string[]> => {
  const { registrar } = schoolDesks(world.standing(pupil.school));
  const found = await world.read<{ student: Kept | null }>(registrar, question, { id: pupil.person });
  const kept = found?.student;
  if (!kept) return [`${pupil.key}: what was acknowledged is not shown to the own school`];
  const is: Record<string, unknown> = {
    name: kept.name,
    documentNumber: kept.identityDocument?.number,
    contactPhone: kept.profile?.contactPhone,
    ethnicity: kept.ethnicity,
    isBoarder: kept.profile?.isBoarder,
  };
  const former = kept.formerKeyInformation.length;
  return [
    ...Object.entries(told)
      .filter(([item, value]) => is[item] !== value)
      .map(([item]) => `${pupil.key}: ${item} is not what was acknowledged`),
    ...(former === keyChanges
      ? []
      : [`${pupil.key}: ${keyChanges} changes of key information were acknowledged, ${former} are kept`]),
  ];
};
