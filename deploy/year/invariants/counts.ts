import type { OrgLevel } from '#libs/contracts/vocabulary.ts';
import { type Desk, ministry, schoolDesks, unitDesks } from '../world/desks.ts';
import { type Pupil, stands } from '../world/roster.ts';
import type { World } from '../world/world.ts';
import type { Invariant } from './invariant.ts';

type Statistics = {
  enrollmentStatistics: { total: number | null; rows: { keys: { value: string }[]; count: number | null }[] };
};

const question = '{ enrollmentStatistics(by: [STAGE]) { total rows { keys { value } count } } }';

/** At each level, in the words of the graph, statistics count those whom the registers hold. */
export const counts: Invariant = async (world) => {
  const told: string[] = [];
  const held = stagesBySchool(world.roster.all());
  await world.each(readersOf(world), async ({ name, who, holds }) => {
    const answer = await world.read<Statistics>(who, question);
    if (answer === null) return;
    const { total, rows } = answer.enrollmentStatistics;
    const expected = sumOf([...held].filter(([school]) => holds(school)).map(([, stages]) => stages));
    const sum = [...expected.values()].reduce((all, count) => all + count, 0);
    if (total !== sum) told.push(`${name}: statistics count ${total}, the registers hold ${sum}`);
    for (const { keys, count } of rows) {
      const stage = keys[0]?.value ?? '';
      const wanted = expected.get(stage) ?? 0;
      if (count !== wanted)
        told.push(`${name}: statistics count ${count} in ${stage}, the registers hold ${wanted}`);
    }
  });
  return told.sort();
};

type Stages = ReadonlyMap<string, number>;

const stagesBySchool = (pupils: readonly Pupil[]): Map<string, Map<string, number>> => {
  const schools = new Map<string, Map<string, number>>();
  for (const { school, stage, status } of pupils) {
    if (!stands(status)) continue;
    const stages = schools.get(school) ?? new Map<string, number>();
    stages.set(stage, (stages.get(stage) ?? 0) + 1);
    schools.set(school, stages);
  }
  return schools;
};

const sumOf = (all: readonly Stages[]): Map<string, number> => {
  const sum = new Map<string, number>();
  for (const stages of all)
    for (const [stage, count] of stages) sum.set(stage, (sum.get(stage) ?? 0) + count);
  return sum;
};

type Reader = { name: string; who: Desk; holds(school: string): boolean };

/** The ministry, the province, each city and county with schools, and each school that has not ended. */
const readersOf = (world: World): Reader[] => {
  const { plan } = world.shared;
  const lineOf = new Map(
    plan.schools.map((school) => {
      const authority = plan.tree.find(school.authority);
      const line = authority === undefined ? [] : [authority, ...plan.tree.ancestors(authority)];
      return [school.code, new Set(line.map(({ code }) => code))] as const;
    }),
  );
  const units = [...new Set([...lineOf.values()].flatMap((line) => [...line]))].sort();
  return [
    { name: 'ministry', who: ministry, holds: () => true },
    ...units.flatMap((code): Reader[] => {
      const level = plan.tree.find(code)?.level;
      if (level === undefined || level === 'MINISTRY') return [];
      const { head } = unitDesks(code, level as OrgLevel);
      return [{ name: `unit ${code}`, who: head, holds: (school) => lineOf.get(school)?.has(code) ?? false }];
    }),
    ...world.schools().map(({ code }) => ({
      name: `school ${code}`,
      who: schoolDesks(code).registrar,
      holds: (school: string) => school === code,
    })),
  ];
};
