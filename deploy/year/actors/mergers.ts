import { competentUnit } from '#services/organization/merger/decide.ts';
import type { School } from '#services/organization/school/school.ts';
import type { Actor } from '../actor.ts';
import { withSuccessor } from '../province/newcomers.ts';
import { type Desk, schoolDesks, unitDesks } from '../world/desks.ts';
import { provinceOf } from '../world/province-of.ts';
import type { Pupil } from '../world/roster.ts';
import type { World } from '../world/world.ts';

const DECIDES = '2026-07-14';
/** After the promotion, and before anybody is admitted or granted a place for the new year. */
const FROM = '2026-08-12';

type Merger = { state: string; movedRegistrations: number | null; leftRegistrations: number | null };
type View = { state: string; version: number; successor: { id: string } | null; merger: Merger | null };
/** What was decided, and how many registrations were at the school that ends. */
export type Decided = { ending: School; standing: School; isDone: boolean };

const mergerFields = 'state movedRegistrations leftRegistrations';
const view = `state version successor { id } merger { ${mergerFields} }`;

/**
 * Two primary schools become one in the summer (ORG-11, ENR-69): decided by the authority of both, after others have
 * tried; on its day every registration goes on at the school that stands, and the other has ended.
 */
export const actor: Actor = {
  name: 'mergers',
  at: '07:00',
  act: async (day, world) => {
    const decided = world.memory<Decided[]>(() => []);
    if (day === DECIDES) {
      const pair = pairOf(world);
      if (pair !== undefined && (await decide(world, pair))) decided.push({ ...pair, isDone: false });
    }
    if (day === FROM) for (const merger of decided) await followed(world, merger);
  },
};

type Pair = { standing: School; ending: School };

/** Of primary schools with one authority the smallest goes; of those of one city, where no county has two. */
const pairOf = (world: World): Pair | undefined => {
  const { tree } = world.shared.plan;
  const sizeOf = ({ code }: School) => world.roster.at(code, 'IN_SCHOOL').length;
  const candidates = world.schools('PRIMARY').flatMap((ending) =>
    world
      .schools('PRIMARY')
      .filter((standing) => standing !== ending && teachesAll(standing, ending))
      .flatMap((standing) => {
        const level = competentUnit(tree, [standing, ending])?.level;
        if (level !== 'COUNTY' && level !== 'CITY') return [];
        const rank = [level === 'COUNTY' ? 0 : 1, standing.ownership === ending.ownership ? 0 : 1];
        return [{ standing, ending, rank: [...rank, sizeOf(ending)] }];
      }),
  );
  return candidates.sort((a, b) => order(a.rank, b.rank) || (a.ending.code < b.ending.code ? -1 : 1))[0];
};

const order = (one: readonly number[], other: readonly number[]): number =>
  one.map((value, at) => value - (other[at] ?? 0)).find((difference) => difference !== 0) ?? 0;

const teachesAll = (standing: School, ending: School): boolean =>
  ending.stages.every(({ stage, firstYear, lastYear }) =>
    standing.stages.some(
      (span) => span.stage === stage && span.firstYear === firstYear && span.lastYear === lastYear,
    ),
  );

const schoolView = async (world: World, who: Desk, code: string): Promise<View | null> => {
  const found = await world.read<{ school: View | null }>(
    who,
    `query ($id: ID!) { school(id: $id) { ${view} } }`,
    { id: code },
  );
  return found?.school ?? null;
};

const decide = async (world: World, { standing, ending }: Pair): Promise<boolean> => {
  const { tree } = world.shared.plan;
  const unit = competentUnit(tree, [standing, ending]);
  if (unit === undefined) return false;
  const { head } = unitDesks(unit.code, unit.level);
  const named = async (code: string) => ({
    school: code,
    expectedVersion: (await schoolView(world, head, code))?.version ?? 0,
  });
  const input = {
    ...{ standing: await named(standing.code), ending: [await named(ending.code)], from: FROM },
    document: { number: '教字〔2026〕17号', issuedOn: world.today },
  };
  const send = (as: Desk, changes: Record<string, unknown>, expects: readonly string[]) =>
    world.order<{ merger: Merger | null }>({
      as,
      does: 'mergeSchools',
      type: 'MergeSchoolsInput',
      gives: `merger { ${mergerFields} }`,
      expects,
      input: { ...input, ...changes },
    });
  await send(unitDesks(`${provinceOf(ending.code)}0000`, 'PROVINCE').head, {}, ['NOT_REGISTRY_AUTHORITY']);
  await send(head, { from: '2026-07-01' }, ['BAD_USER_INPUT']);
  const payload = await send(head, {}, []);
  if (payload?.merger?.state !== 'DECIDED') return false;
  const left = movingFrom(world, ending.code).length;
  if (payload.merger.leftRegistrations !== left)
    world.tally.violated(
      `a merger counts ${payload.merger.leftRegistrations} registrations, there are ${left}`,
    );
  return true;
};

/** Everybody whose registration is still at the school, graduates among them. */
const movingFrom = (world: World, school: string): Pupil[] =>
  world.roster.at(school).filter(({ status }) => status !== 'CANCELLED' && status !== 'REFUSED');

/** The day has come and the worker has done its work: those who work at the other school find everybody there. */
const followed = async (world: World, merger: Decided): Promise<void> => {
  const { standing, ending } = merger;
  const unit = competentUnit(world.shared.plan.tree, [standing, ending]);
  if (unit === undefined) return;
  const seen = await schoolView(world, unitDesks(unit.code, unit.level).head, ending.code);
  const moving = movingFrom(world, ending.code);
  if (seen?.state !== 'MERGED' || seen.merger?.state !== 'DONE' || seen.successor?.id !== standing.code) {
    world.tally.violated(`a school is ${seen?.state} and its merger ${seen?.merger?.state} on its day`);
    return;
  }
  if (seen.merger.movedRegistrations !== moving.length || seen.merger.leftRegistrations !== 0)
    world.tally.violated(
      `a merger moved ${seen.merger.movedRegistrations} registrations of ${moving.length}, left are ${seen.merger.leftRegistrations}`,
    );
  world.tally.act('registration moved by a merger', seen.merger.movedRegistrations ?? 0);
  merger.isDone = true;
  world.shared.successors.set(ending.code, standing.code);
  world.shared.newcomers = withSuccessor(world.shared.newcomers, ending.code, standing.code);
  for (const pupil of moving) world.roster.changed(pupil, { school: standing.code });
  world.cases.succeeded(moving, [
    [ending.code, standing.code],
    [ending.authority, standing.authority],
  ]);
  await probe(world, merger, moving[0]);
};

/** Who worked at the school that has ended sees nobody there any more. */
const probe = async (world: World, { ending }: Decided, pupil: Pupil | undefined): Promise<void> => {
  if (pupil === undefined) return;
  const { data } = await world.shared.graph.ask<{ student: { name: string | null } | null }>(
    schoolDesks(ending.code).registrar,
    'query ($id: ID!) { student(id: $id) { name } }',
    { id: pupil.person },
  );
  if (data?.student?.name) world.tally.violated(`${pupil.key} is seen by the school that has ended`);
};
