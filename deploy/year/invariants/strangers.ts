import { type Desk, guardianDesk, schoolDesks, unitDesks } from '../world/desks.ts';
import type { Pupil } from '../world/roster.ts';
import type { World } from '../world/world.ts';
import type { Invariant } from './invariant.ts';

const PROBES = 6;

/** Nobody sees a child whom they have nothing to do with, and nothing tells them that there is one. */
export const strangers: Invariant = async (world) => {
  const random = world.random('strangers');
  const told: string[] = [];
  const all = world.roster.all();
  for (let probe = 0; probe < PROBES; probe++) {
    const pupil = all[Math.floor(random.next() * all.length)];
    if (pupil === undefined) continue;
    for (const { name, who } of strangersTo(world, pupil)) {
      if (await isSeen(world, who, pupil))
        told.push(`${pupil.key} of school ${pupil.school} is seen by ${name}`);
    }
  }
  return [...told, ...(await foreignLists(world))];
};

type Stranger = { name: string; who: Desk };

const strangersTo = (world: World, pupil: Pupil): Stranger[] => {
  const { plan } = world.shared;
  const schools = world.schools();
  const home = world.standing(pupil.school);
  const own = schools.find(({ code }) => code === home);
  const other = schools.find(({ unit }) => unit !== own?.unit);
  const neighbour = schools.find(({ code, unit }) => code !== home && unit === own?.unit);
  const away = other && plan.tree.find(other.unit);
  return [
    { name: 'a guardian of nobody', who: guardianDesk('year-guardian-of-nobody') },
    ...(other ? [{ name: 'another school', who: schoolDesks(other.code).registrar }] : []),
    ...(neighbour ? [{ name: 'the next school', who: schoolDesks(neighbour.code).head }] : []),
    ...(away ? [{ name: 'another county', who: unitDesks(away.code, away.level).head }] : []),
  ];
};

const question = `query ($id: ID!, $nobody: ID!) {
  student(id: $id) { id name studentNumber enrollment { id } }
  nobody: student(id: $nobody) { id name studentNumber enrollment { id } } }`;

/** Nobody's id: what is answered about it is what a stranger must be answered about anybody. */
const NOBODY = '01890a5d-ac96-7cc4-8e0e-2f0b6d1f3a11';

const isSeen = async ({ shared: { graph } }: World, who: Desk, { person }: Pupil): Promise<boolean> => {
  const known = await graph.ask<{ student: { name: string | null; enrollment: unknown } | null }>(
    who,
    question,
    { id: person, nobody: NOBODY },
  );
  const child = known.data?.student;
  if (child?.name !== undefined && child.name !== null) return true;
  if (child?.enrollment) return true;
  const answers = known.faults.map(({ code, message }) => `${code} ${message}`);
  return answers.length % 2 === 1 || new Set(answers).size > 1;
};

/** A list names the pupils of one's own range alone. */
const foreignLists = async (world: World): Promise<string[]> => {
  const told: string[] = [];
  const random = world.random('lists');
  const schools = world.schools();
  for (let probe = 0; probe < 3; probe++) {
    const school = schools[Math.floor(random.next() * schools.length)];
    if (school === undefined) continue;
    const page = await world.read<{ enrollments: { edges: { node: { school: { id: string } } }[] } }>(
      schoolDesks(school.code).registrar,
      '{ enrollments(first: 200) { edges { node { school { id } } } } }',
    );
    const foreign = page?.enrollments.edges.filter(({ node }) => node.school.id !== school.code).length ?? 0;
    if (foreign > 0) told.push(`school ${school.code} lists ${foreign} pupils of other schools`);
  }
  return told;
};
