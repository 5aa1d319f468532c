import type { Actor } from '../actor.ts';
import { assessed } from '../world/assessments.ts';
import { schoolDesks } from '../world/desks.ts';
import type { Pupil } from '../world/roster.ts';
import type { Told } from '../world/tally.ts';
import { told, type World } from '../world/world.ts';

const DAY = '2025-09-09';

type Result = { id: string; findings: Told[] };

/** Schools that have left some of last summer's leavers in their registers graduate them in September, late (ENR-30). */
export const actor: Actor = {
  name: 'leavers',
  at: '09:05',
  act: async (day, world) => {
    if (day !== DAY) return;
    const leavers = world.roster
      .all()
      .filter(({ status, days }) => status === 'IN_SCHOOL' && days.leaver !== undefined);
    await world.each([...Map.groupBy(leavers, ({ school }) => school)], ([school, pupils]) =>
      graduate(world, school, pupils),
    );
  },
};

const graduate = async (world: World, school: string, pupils: readonly Pupil[]): Promise<void> => {
  const { registrar } = schoolDesks(school);
  const registrations = [];
  for (const pupil of pupils) {
    await assessed(world, pupil, 'GRADUATION');
    const standing = await world.registrationOf(registrar, pupil);
    if (standing !== null) registrations.push({ enrollment: standing.id, expectedVersion: standing.version });
  }
  const payload = await world.order<{ results: Result[] }>({
    as: registrar,
    does: 'graduate',
    type: 'GraduateInput',
    gives: `results { id ${told} }`,
    countsAs: null,
    input: { school, outcome: 'GRADUATE', registrations },
  });
  for (const { id, findings } of payload?.results ?? []) {
    const pupil = world.roster.of(id.slice(0, 36));
    if (pupil === undefined || world.weigh(findings, ['CASE_ALREADY_RUNNING'], 'graduate')) continue;
    world.roster.changed(pupil, { status: 'GRADUATED' });
    world.tally.act('leaver graduated late');
  }
};
