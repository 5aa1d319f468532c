import type { Stage } from '#libs/contracts/vocabulary.ts';
import type { School } from '#services/organization/school/school.ts';
import type { Actor } from '../actor.ts';
import { assessed } from '../world/assessments.ts';
import { schoolDesks, unitDesks } from '../world/desks.ts';
import { provinceOf } from '../world/province-of.ts';
import type { Pupil } from '../world/roster.ts';
import type { Told } from '../world/tally.ts';
import { told, type World } from '../world/world.ts';

const ADMITS = '2026-08-18';
const ROLLBACK = '2026-08-25';
const SENIOR_SHARE = 0.6;
const AT_ONCE = 50;
const WRONG_NAME = 0.01;
const NOT_IN_PLAN = 0.01;
const BY_MISTAKE = 0.004;

type Result = { index: number; admission: { id: string } | null; findings: Told[] };
type Wanted = { pupil: Pupil; studentNumber: string; name: string };

/** Schools of the next stage admit graduates in August by number and name (ENR-25, ENR-27); mistakes are rolled back (ENR-34). */
export const actor: Actor = {
  name: 'admissions',
  at: '10:00',
  act: async (day, world) => {
    if (day === ADMITS) {
      await world.each(matched(world), ([school, stage, pupils]) => admitAll(world, school, stage, pupils));
    }
    if (day === ROLLBACK) await rollBack(world);
  },
};

type Match = [School, Stage, Pupil[]];

/** Who goes where: primary graduates to the junior schools of their county, junior ones to the senior schools of the province. */
const matched = (world: World): Match[] => {
  const graduates = world.roster
    .all()
    .filter(({ status, days }) => status === 'GRADUATED' && days.busy === undefined);
  const homes = new Map(world.schools().map((school) => [school.code, school]));
  const placed = new Map<string, Match>();
  const give = (schools: readonly School[], stage: Stage, pupil: Pupil): void => {
    const school = schools[world.fate('school', pupil.key).between(0, schools.length - 1)];
    if (school === undefined) return;
    const match = placed.get(`${school.code} ${stage}`) ?? ([school, stage, []] as Match);
    match[2].push(pupil);
    placed.set(`${school.code} ${stage}`, match);
  };
  for (const pupil of graduates) {
    const home = homes.get(pupil.school);
    if (pupil.stage === 'PRIMARY')
      give(
        world.schools('JUNIOR').filter(({ unit }) => unit === home?.unit),
        'JUNIOR',
        pupil,
      );
    else if (pupil.stage === 'JUNIOR' && world.fate('goes on', pupil.key).chance(SENIOR_SHARE))
      give(
        world.schools('SENIOR').filter(({ code }) => provinceOf(code) === provinceOf(pupil.school)),
        'SENIOR',
        pupil,
      );
  }
  return [...placed.values()].sort(([a], [b]) => (a.code < b.code ? -1 : 1));
};

const admitAll = async (
  world: World,
  school: School,
  stage: Stage,
  pupils: readonly Pupil[],
): Promise<void> => {
  for (const pupil of pupils) await assessed(world, pupil, 'GOING_ON');
  const numbers = await numbersOf(world, [...new Set(pupils.map((pupil) => pupil.school))]);
  const wanted = pupils.flatMap((pupil): Wanted[] => {
    const known = numbers.get(pupil.person);
    if (known === undefined) world.tally.violated(`${pupil.key} graduated and has no number`);
    return known === undefined ? [] : [{ pupil, ...known }];
  });
  for (let from = 0; from < wanted.length; from += AT_ONCE)
    await admitSome(world, school, stage, wanted.slice(from, from + AT_ONCE));
};

const admitSome = async (
  world: World,
  school: School,
  stage: Stage,
  wanted: readonly Wanted[],
): Promise<void> => {
  const tried = wanted.map(({ pupil, studentNumber, name }) => {
    const random = world.random(pupil.key);
    const isMisnamed = random.chance(WRONG_NAME);
    const inPlan = !random.chance(NOT_IN_PLAN);
    const expects = [...(isMisnamed ? ['NOT_GRADUATED'] : []), ...(inPlan ? [] : ['NOT_IN_PLAN'])];
    return { pupil, expects, studentNumber, name: isMisnamed ? '误录入' : name, inPlan, meetsPolicy: true };
  });
  const payload = await world.order<{ results: Result[] }>({
    as: schoolDesks(school.code).registrar,
    does: 'admit',
    type: 'AdmitInput',
    gives: `results { index admission { id } ${told} }`,
    countsAs: null,
    input: {
      school: school.code,
      stage,
      pupils: tried.map(({ pupil: _, expects: __, ...asked }) => asked),
    },
  });
  for (const { index, admission, findings } of payload?.results ?? []) {
    const one = tried[index];
    if (one === undefined || world.weigh(findings, one.expects, 'admit')) continue;
    if (one.expects.length > 0) world.tally.violated(`${one.expects.join()} did not come from admit`);
    if (admission === null) continue;
    world.tally.act(`pupil admitted (${stage})`);
    world.roster.changed(one.pupil, { status: 'ADMITTED' });
    Object.assign(one.pupil.days, { admission: admission.id, admittedAt: school.code, admittedTo: stage });
  }
};

type Page = {
  enrollments: {
    edges: { node: { student: { id: string; name: string; studentNumber: string } } }[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
};

/** Numbers and names as the graduates' schools put them on the lists for the next stage. */
const numbersOf = async (world: World, schools: readonly string[]) => {
  const numbers = new Map<string, { studentNumber: string; name: string }>();
  for (const school of schools) {
    for (let after: string | null = null; ; ) {
      const page: Page | null = await world.read<Page>(
        schoolDesks(school).registrar,
        `query ($school: ID!, $after: String) {
          enrollments(filter: { school: $school, status: [GRADUATED] }, first: 200, after: $after) {
            edges { node { student { id name studentNumber(full: true) } } } pageInfo { hasNextPage endCursor } } }`,
        { school, after },
      );
      for (const { node } of page?.enrollments.edges ?? []) {
        const { id, name, studentNumber } = node.student;
        numbers.set(id, { studentNumber, name });
      }
      if (!page?.enrollments.pageInfo.hasNextPage) break;
      after = page.enrollments.pageInfo.endCursor;
    }
  }
  return numbers;
};

/** The authority of the admitting school takes mistaken admissions back: the pupil is a graduate again. */
const rollBack = async (world: World): Promise<void> => {
  const admitted = world.roster.all().filter(({ status }) => status === 'ADMITTED');
  const chosen = admitted.filter(
    ({ key }, nth) => nth === 0 || world.fate('mistake', key).chance(BY_MISTAKE),
  );
  for (const pupil of chosen) {
    const school = world.schools().find(({ code }) => code === pupil.days.admittedAt);
    const level = world.shared.plan.tree.find(school?.authority ?? '')?.level ?? 'COUNTY';
    const payload = await world.order<{ admission: { state: string } | null }>({
      as: unitDesks(school?.authority ?? '', level).head,
      does: 'revertAdmission',
      type: 'RevertAdmissionInput',
      gives: 'admission { state }',
      input: { admission: pupil.days.admission, reason: '误招' },
    });
    if (payload?.admission?.state !== 'ROLLED_BACK') continue;
    world.roster.changed(pupil, { status: 'GRADUATED' });
    delete pupil.days.admission;
  }
};
