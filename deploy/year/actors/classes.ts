import type { Actor } from '../actor.ts';
import { schoolDesks } from '../world/desks.ts';
import type { Told } from '../world/tally.ts';
import type { World } from '../world/world.ts';

/** Larger than any class that the forms ask for: who finds a seat does not depend on the order of registration. */
const CAPACITY = 80;

/** Schools make the classes of their new grades, and place everybody as the forms say (ENR-16). */
export const actor: Actor = {
  name: 'classes',
  at: '14:00',
  act: async (day, world) => {
    if (!day.slice(5).startsWith('09')) return;
    const nth = world.shared.days.filter((each) => each.startsWith(day.slice(0, 7))).indexOf(day);
    const schoolYear = Number(day.slice(0, 4));
    await world.each(world.schools('PRIMARY'), async ({ code }) => {
      if (nth === 0) await makeClasses(world, code, schoolYear);
      else await placeAll(world, code, schoolYear);
    });
  },
};

const makeClasses = async (world: World, school: string, schoolYear: number): Promise<void> => {
  const children = world.shared.newcomers.entrants(schoolYear).get(school) ?? [];
  for (const name of [...new Set(children.map(({ className }) => className))].sort())
    await world.order({
      as: schoolDesks(school).registrar,
      does: 'createClass',
      type: 'CreateClassInput',
      gives: 'schoolClass { id }',
      input: { school, stage: 'PRIMARY', grade: 1, name, capacity: CAPACITY },
    });
};

const placeAll = async (world: World, school: string, schoolYear: number): Promise<void> => {
  const payload = await world.order<{ assigned: number; findings: Told[] }>({
    as: schoolDesks(school).registrar,
    does: 'assignWantedClasses',
    type: 'AssignWantedClassesInput',
    gives: 'assigned',
    countsAs: null,
    input: { school, stage: 'PRIMARY', cohort: schoolYear },
  });
  world.tally.act('pupil placed in a class', payload?.assigned ?? 0);
};
