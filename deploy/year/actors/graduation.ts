import type { Actor } from '../actor.ts';
import { classify, type Outcome } from '../certificates/classify.ts';
import { assessed } from '../world/assessments.ts';
import { takeBack } from '../world/case-work.ts';
import { schoolDesks, unitDesks } from '../world/desks.ts';
import type { Pupil } from '../world/roster.ts';
import { gradeOf, lastGradeOf } from '../world/sampling.ts';
import type { Told } from '../world/tally.ts';
import { type Registration, told, type World } from '../world/world.ts';

const OPERATION = '2026-07-07';
const ROLLBACK = '2026-07-14';
const AGAIN = '2026-07-21';
const LATE = '2026-08-04';
const TOO_EARLY = '2026-06-16';

const RUNS = 'CASE_ALREADY_RUNNING';
const COMPLETES = 0.008;
const BY_MISTAKE = 0.002;
const LATE_SCHOOL = 0.05;
const FORGOTTEN = 0.3;

type Result = { id: string; findings: Told[] };

/** Schools graduate their last grades in July, some late; mistakes are taken back by the authority (ENR-30, ENR-35). */
export const actor: Actor = {
  name: 'graduation',
  at: '09:00',
  act: async (day, world) => {
    if (day === TOO_EARLY) await beforeItsGrade(world);
    if (day === OPERATION) await world.each(world.schools(), ({ code }) => operate(world, code, false));
    if (day === LATE) {
      await world.each(world.schools(), ({ code }) => operate(world, code, true));
      for (const pupil of world.roster.all()) if (isLeft(world, pupil)) await one(world, pupil, 'GRADUATE');
    }
    if (day === ROLLBACK) await takeGraduationsBack(world);
    if (day === AGAIN) await graduateAgain(world);
  },
};

/** Who is picked to complete: in Shanxi pupils of junior schools too, who are refused; where they may, none does, so that all go on. */
const isPickedToComplete = (world: World, school: string, { stage }: Pupil): boolean =>
  stage === 'SENIOR' || (stage === 'JUNIOR' && world.isShanxiLaw(school));

/** Persons whose outcome was reviewed by the authority, and still stands. */
const reviewed = (world: World): Set<string> => world.memory(() => new Set<string>());

/** Senior students of Shanxi are sorted and reviewed before they graduate or complete (CRT-02, CRT-07). */
const haveReviewed = async (
  world: World,
  school: string,
  claims: readonly { pupil: Pupil; outcome: Outcome }[],
): Promise<void> => {
  const known = reviewed(world);
  const fresh = claims.filter(
    ({ pupil }) => pupil.stage === 'SENIOR' && world.isShanxiLaw(school) && !known.has(pupil.person),
  );
  await classify(world, school, fresh);
  for (const { pupil } of fresh) known.add(pupil.person);
};

const isLast = (world: World, pupil: Pupil): boolean =>
  pupil.status === 'IN_SCHOOL' && gradeOf(world, pupil) >= lastGradeOf(world, pupil);

const order = async (
  world: World,
  school: string,
  outcome: 'GRADUATE' | 'COMPLETE',
  input: Record<string, unknown>,
  expects: readonly string[] = [],
): Promise<void> => {
  const payload = await world.order<{ results: Result[] }>({
    as: schoolDesks(school).registrar,
    does: 'graduate',
    type: 'GraduateInput',
    gives: `results { id ${told} }`,
    countsAs: null,
    input: { school, outcome, ...input },
  });
  for (const { id, findings } of payload?.results ?? []) {
    if (world.weigh(findings, expects, 'graduate')) continue;
    const pupil = world.roster.of(id.slice(0, 36));
    if (pupil === undefined) world.tally.violated(`school ${school} graduated somebody whom nobody knows`);
    else world.roster.changed(pupil, { status: outcome === 'GRADUATE' ? 'GRADUATED' : 'COMPLETED' });
    world.tally.act(outcome === 'GRADUATE' ? 'pupil graduated' : 'pupil completed');
  }
};

/** Some are to complete instead, which junior schools of Shanxi do not know (CRT-04): they graduate with the others. */
const operate = async (world: World, school: string, isLate: boolean): Promise<void> => {
  if (world.fate('late', school).chance(LATE_SCHOOL) !== isLate) return;
  const last = world.roster.at(school).filter((pupil) => isLast(world, pupil));
  const chosen = last.filter(
    (pupil) => isPickedToComplete(world, school, pupil) && world.random(pupil.key).chance(COMPLETES),
  );
  await haveReviewed(
    world,
    school,
    last.map((pupil) => ({ pupil, outcome: chosen.includes(pupil) ? 'COMPLETION' : 'GRADUATION' })),
  );
  for (const pupil of chosen)
    await one(world, pupil, 'COMPLETE', pupil.stage === 'JUNIOR' ? ['TYPE_NOT_APPLICABLE'] : []);
  for (const pupil of last) if (!isForgotten(world, pupil)) await assessed(world, pupil, 'GRADUATION');
  if (last.some(({ status }) => status === 'IN_SCHOOL'))
    await order(world, school, 'GRADUATE', { allOfGraduatingGrade: true }, [RUNS, 'ASSESSMENT_MISSING']);
  for (const pupil of last.filter(({ status }) => status === 'IN_SCHOOL')) await afterItsCase(world, pupil);
  for (const pupil of last.filter((each) => each.isDisabled && isLeft(world, each)))
    await one(world, pupil, 'GRADUATE');
  const left = last.filter((pupil) => isLeft(world, pupil));
  if (left.length > 0)
    world.tally.violated(`school ${school}: ${left.length} of the last grade were left out`);
};

/** Schools that forget the committee's assessment are told of the pupil whom the whole grade leaves out (ENR-24). */
const isForgotten = (world: World, { key }: Pupil): boolean =>
  world.fate('assessment', key).chance(FORGOTTEN);

/** Nobody graduates while a case runs: a request that has become pointless is taken back, another comes to its end first. */
const afterItsCase = async (world: World, pupil: Pupil): Promise<void> => {
  const note = world.cases.about(pupil);
  if (note?.kind !== 'SUSPENSION') return;
  await takeBack(world, note, '学生已可毕业');
  await one(world, pupil, 'GRADUATE');
};

const isLeft = (world: World, pupil: Pupil): boolean => isLast(world, pupil) && !world.cases.isRunning(pupil);

const one = async (
  world: World,
  pupil: Pupil,
  outcome: 'GRADUATE' | 'COMPLETE',
  expects: readonly string[] = [],
): Promise<void> => {
  if (isLast(world, pupil)) {
    const claim = { pupil, outcome: outcome === 'GRADUATE' ? 'GRADUATION' : 'COMPLETION' } as const;
    await haveReviewed(world, pupil.school, [claim]);
  }
  if (isLast(world, pupil) && outcome === 'GRADUATE') await assessed(world, pupil, 'GRADUATION');
  const standing = await world.registrationOf(schoolDesks(pupil.school).registrar, pupil);
  if (standing === null) return;
  const registrations = [{ enrollment: standing.id, expectedVersion: standing.version }];
  await order(world, pupil.school, outcome, { registrations }, expects);
};

/** Somebody of a lower grade is picked by mistake. */
const beforeItsGrade = async (world: World): Promise<void> => {
  const [pupil] = world.roster.all().filter((each) => each.status === 'IN_SCHOOL' && !isLast(world, each));
  if (pupil !== undefined) await one(world, pupil, 'GRADUATE', ['GRADE_MISMATCH']);
};

/** Pupils who were graduated by mistake; one at least. */
const mistaken = (world: World): Pupil[] => {
  const graduated = world.roster
    .all()
    .filter(({ status, days }) => status === 'GRADUATED' && days.leaver === undefined);
  const chosen = graduated.filter(({ key }) => world.fate(key).chance(BY_MISTAKE));
  return chosen.length > 0 ? chosen : graduated.slice(0, 1);
};

const takeGraduationsBack = async (world: World): Promise<void> => {
  for (const pupil of mistaken(world)) {
    const school = world.schools().find(({ code }) => code === pupil.school);
    const level = world.shared.plan.tree.find(school?.authority ?? '')?.level ?? 'COUNTY';
    const { head } = unitDesks(school?.authority ?? '', level);
    const standing = await world.registrationOf(head, pupil);
    if (standing === null) continue;
    const payload = await world.order<{ enrollment: Registration | null }>({
      as: head,
      does: 'revertGraduation',
      type: 'RevertGraduationInput',
      gives: 'enrollment { id status }',
      input: { enrollment: standing.id, expectedVersion: standing.version, reason: '误操作' },
    });
    if (payload?.enrollment) {
      pupil.days.takenBackOn = world.today;
      reviewed(world).delete(pupil.person);
      world.roster.changed(pupil, { status: 'IN_SCHOOL' });
    }
  }
};

const graduateAgain = async (world: World): Promise<void> => {
  for (const pupil of world.roster.all())
    if (pupil.days.takenBackOn !== undefined && pupil.status === 'IN_SCHOOL')
      await one(world, pupil, 'GRADUATE');
};
