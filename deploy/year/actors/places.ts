import type { Actor } from '../actor.ts';
import { schoolDesks } from '../world/desks.ts';
import type { World } from '../world/world.ts';

const GRANTED = '2026-08-25';
const EXTENSIONS = '2026-09-08';
const AT_ONCE = 100;
const GHOSTS = 0.012;
const EXTENDED = 0.4;
const UNTIL = '2026-09-29';

type Place = {
  id: string;
  version: number;
  state: string;
  child: { name: string; birthDate: string } | null;
};

/**
 * Primary schools enter the children to whom they have granted a place; a few of them never come, some with more time
 * asked for (ENR-13, ENR-14).
 */
export const actor: Actor = {
  name: 'places',
  at: '08:50',
  act: async (day, world) => {
    const ghosts = world.memory<Map<string, string>>(() => new Map());
    if (day === GRANTED) await world.each(world.schools('PRIMARY'), ({ code }) => grant(world, ghosts, code));
    if (day === EXTENSIONS)
      for (const [name, school] of [...ghosts].sort())
        if (world.isShanxiLaw(school)) await extend(world, school, name);
  },
};

const grant = async (world: World, ghosts: Map<string, string>, school: string): Promise<void> => {
  const entrants = world.shared.newcomers.entrants(2026).get(school) ?? [];
  const children = entrants.map(({ form: { student } }) => ({
    name: student.name,
    birthDate: student.birthDate,
  }));
  const random = world.random(school);
  const lost = entrants.filter((_, nth) => nth === 0 || random.chance(GHOSTS));
  for (const [nth] of lost.entries()) {
    const name = `未至${[...school.slice(-4)].map((digit) => '零一二三四五六七八九'.charAt(Number(digit))).join('')}${'甲乙丙丁戊己庚辛'.charAt(nth % 8)}`;
    ghosts.set(name, school);
    children.push({ name, birthDate: '2020-05-06' });
  }
  for (let from = 0; from < children.length; from += AT_ONCE) {
    const payload = await world.order<{ granted: number; already: number }>({
      as: schoolDesks(school).registrar,
      does: 'grantPlaces',
      type: 'GrantPlacesInput',
      gives: 'granted already',
      countsAs: null,
      input: { school, stage: 'PRIMARY', schoolYear: 2026, children: children.slice(from, from + AT_ONCE) },
    });
    world.tally.act('place granted', payload?.granted ?? 0);
  }
};

const extend = async (world: World, school: string, name: string): Promise<void> => {
  if (!world.fate(name).chance(EXTENDED)) return;
  const { registrar } = schoolDesks(school);
  const page = await world.read<{ entryPlaces: { edges: { node: Place }[] } }>(
    registrar,
    `query ($school: ID!) { entryPlaces(school: $school, schoolYear: 2026, state: GRANTED, first: 200) {
       edges { node { id version state child { name birthDate } } } } }`,
    { school },
  );
  const place = page?.entryPlaces.edges.map(({ node }) => node).find(({ child }) => child?.name === name);
  if (place === undefined) return;
  await world.order({
    as: registrar,
    does: 'extendEntry',
    type: 'ExtendEntryInput',
    gives: 'place { state }',
    input: { place: place.id, expectedVersion: place.version, until: UNTIL, proofShown: true },
  });
};
