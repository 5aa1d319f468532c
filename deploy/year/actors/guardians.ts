import type { Actor } from '../actor.ts';
import { isFirstOf } from '../days.ts';
import { guardianDesk, schoolDesks } from '../world/desks.ts';
import type { Pupil } from '../world/roster.ts';
import { someOf } from '../world/sampling.ts';
import type { World } from '../world/world.ts';

const MONTHLY = 0.0003;

/** Parents get a login for their child, look at the child, and at no other (PRV-11). */
export const actor: Actor = {
  name: 'guardians',
  at: '19:00',
  act: async (day, world) => {
    if (!isFirstOf(world.shared.days, day)) return;
    const isMeant = ({ status, form }: Pupil) => status === 'IN_SCHOOL' && form !== undefined;
    for (const pupil of someOf(world, MONTHLY, isMeant, 1)) await link(world, pupil);
  },
};

const link = async (world: World, pupil: Pupil): Promise<void> => {
  if (pupil.days.linkedOn !== undefined || pupil.days.familyOn !== undefined) return;
  const guardians = pupil.form?.guardians ?? [];
  const subject = `year-guardian-${pupil.key}`;
  const tie = (position: number, expects: readonly string[] = []) =>
    world.order<{ student: { id: string } | null }>({
      as: schoolDesks(pupil.school).registrar,
      does: 'linkGuardian',
      type: 'LinkGuardianInput',
      gives: 'student { id }',
      expects,
      input: { student: pupil.person, subject, position, basis: 'HOUSEHOLD_REGISTER' },
    });
  const notLegal = guardians.findIndex(({ isLegalGuardian }) => !isLegalGuardian) + 1;
  if (notLegal > 0) await tie(notLegal, ['NOT_GUARDIAN_OF_STUDENT']);
  const legal = guardians.findIndex(({ isLegalGuardian }) => isLegalGuardian) + 1;
  if ((await tie(legal)) === null) return;
  pupil.days.linkedOn = world.today;
  await world.rest();
  await look(world, pupil, subject);
};

const look = async (world: World, pupil: Pupil, subject: string): Promise<void> => {
  const list = await world.read<{ enrollments: { edges: { node: { student: { id: string } } }[] } }>(
    guardianDesk(subject),
    '{ enrollments(first: 200) { edges { node { student { id } } } } }',
  );
  const seen = list?.enrollments.edges.map(({ node }) => node.student.id) ?? [];
  if (seen.length !== 1 || seen[0] !== pupil.person)
    world.tally.violated(`a guardian of one child sees ${seen.length} children`);
};
