import type { Actor } from '../actor.ts';
import { isFirstOf } from '../days.ts';
import { desksAt } from '../world/case-work.ts';
import { type Desk, type Desks, schoolDesks, unitDesks } from '../world/desks.ts';
import { paper } from '../world/papers.ts';
import type { Pupil } from '../world/roster.ts';
import { someOf } from '../world/sampling.ts';
import { sendsAbout } from '../world/sending.ts';
import type { World } from '../world/world.ts';

type Problem = {
  id: string;
  version: number;
  kind: string;
  state: string;
  turn: string | null;
  student: { id: string };
};

const MONTHLY = 0.0002;
const KINDS = ['FALSE_INFORMATION', 'PERSON_RECORD_SEPARATED', 'RECORD_WITHOUT_PERSON'] as const;
const BY_COMPLAINT = 0.3;
const REPORTED_TWICE = 0.2;
const LEFT_LYING = 0.12;
const REFERRED = 0.12;
const NO_FAULT = 0.5;
const WITHOUT_EVIDENCE = 0.15;
const WRONG_HAND = 0.1;
const PUTS_OFF = 0.3;

const selected = 'id version kind state turn student { id }';
const send = sendsAbout<Problem>('problem', selected);

/**
 * Problem records are opened by the comparison in spring and by checks of schools and authorities; schools verify and
 * settle them on evidence, refer some to the authority, and leave some lying (W-22).
 */
export const actor: Actor = {
  name: 'problems',
  at: '14:00',
  act: async (day, world) => {
    await world.each(await openRecords(world), (problem) => workOn(world, problem));
    if (!isFirstOf(world.shared.days, day) || ['07', '08'].includes(day.slice(5, 7))) return;
    await world.each(
      someOf(world, MONTHLY, ({ status }) => status === 'IN_SCHOOL', 1),
      (pupil) => report(world, pupil),
    );
  },
};

type Page = {
  problemRecords: { edges: { node: Problem }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
};

/** Everything that is open in the provinces, in the order of the pupils' keys. */
const openRecords = async (world: World): Promise<Problem[]> => {
  const found: Problem[] = [];
  for (const province of world.shared.plan.provinces)
    found.push(...(await openIn(world, unitDesks(`${province}0000`, 'PROVINCE').registrar)));
  const keyOf = ({ student, kind }: Problem) => `${world.roster.of(student.id)?.key} ${kind}`;
  return found.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
};

const openIn = async (world: World, reader: Desk): Promise<Problem[]> => {
  const found: Problem[] = [];
  for (let after: string | null = null; ; ) {
    const page: Page | null = await world.read<Page>(
      reader,
      `query ($after: String) { problemRecords(filter: { open: true }, first: 200, after: $after) {
         edges { node { ${selected} } } pageInfo { hasNextPage endCursor } } }`,
      { after },
    );
    found.push(...(page?.problemRecords.edges ?? []).map(({ node }) => node));
    if (!page?.problemRecords.pageInfo.hasNextPage) break;
    after = page.problemRecords.pageInfo.endCursor;
  }
  return found;
};

const seenOf = ({ id, version }: Problem) => ({ problem: id, expectedVersion: version });

const act = (
  world: World,
  as: Desk,
  problem: Problem,
  action: string,
  note: string,
  expects: readonly string[] = [],
): Promise<Problem | null> =>
  send(
    world,
    as,
    'handleProblemRecord',
    { ...seenOf(problem), action, note },
    {
      expects,
      countsAs: `problem record ${action}`,
    },
  );

const report = async (world: World, pupil: Pupil): Promise<void> => {
  const random = world.random('report', pupil.key);
  const { registrar } = schoolDesks(pupil.school);
  const authority = world.schools().find(({ code }) => code === pupil.school)?.authority ?? '';
  const isComplaint = random.chance(BY_COMPLAINT);
  const as = isComplaint ? desksAt(world, authority).registrar : registrar;
  const input = { student: pupil.person, kind: random.pick(KINDS), complaint: isComplaint, note: '核查发现' };
  const isTwice = random.chance(REPORTED_TWICE);
  const opened = await send(world, as, 'reportProblem', input, { allows: ['PROBLEM_RECORD_EXISTS'] });
  if (opened !== null && isTwice)
    await send(world, as, 'reportProblem', input, { expects: ['PROBLEM_RECORD_EXISTS'] });
};

/** A step a week at most: look into it, say what is at fault, settle it. */
const workOn = async (world: World, problem: Problem): Promise<void> => {
  const pupil = world.roster.of(problem.student.id);
  if (pupil === undefined) {
    world.tally.violated('a problem record is about somebody whom nobody knows');
    return;
  }
  const name = `${pupil.key} ${problem.kind}`;
  const fate = world.fate(name);
  if (fate.chance(LEFT_LYING) || world.random('puts off', name).chance(PUTS_OFF)) return;
  const turn = desksAt(world, problem.turn ?? pupil.school);
  const isAtSchool = problem.turn === pupil.school;
  const [isReferred, isNoFault] = [fate.chance(REFERRED), fate.chance(NO_FAULT)];
  const after = await step(world, turn, { problem, pupil, isReferred: isReferred && isAtSchool, isNoFault });
  if (after !== null) world.shared.identity.problems.set(after.id, { state: after.state, pupil });
};

type Work = { problem: Problem; pupil: Pupil; isReferred: boolean; isNoFault: boolean };

const step = async (
  world: World,
  { registrar, head }: Desks,
  { problem, pupil, isReferred, isNoFault }: Work,
): Promise<Problem | null> => {
  const random = world.random('step', pupil.key, problem.kind);
  switch (problem.state) {
    case 'OPEN':
    case 'PASSED_ON':
      return isReferred
        ? act(world, registrar, problem, 'REFER', '学校无法核实')
        : act(world, registrar, problem, 'VERIFY', '开始核查');
    case 'VERIFYING':
      if (!isNoFault) return act(world, registrar, problem, 'FAULT_FOUND', '信息与户口簿不符');
      if (random.chance(WRONG_HAND))
        await act(world, registrar, problem, 'NO_FAULT', '无问题', ['ROLE_MISSING']);
      return act(world, head, problem, 'NO_FAULT', '经核实无问题');
    case 'SETTLING':
      return settle(world, { registrar, head }, problem, pupil, random.chance(WITHOUT_EVIDENCE));
    default:
      return null;
  }
};

const settle = async (
  world: World,
  { registrar, head }: Desks,
  problem: Problem,
  pupil: Pupil,
  isBare: boolean,
): Promise<Problem | null> => {
  const input = { ...seenOf(problem), resolution: 'DATA_CORRECTED', note: '已更正' };
  if (isBare)
    await send(
      world,
      head,
      'resolveProblemRecord',
      { ...input, evidence: [] },
      {
        expects: ['PROBLEM_EVIDENCE_MISSING'],
      },
    );
  const papers = await paper(world, registrar, 'OTHER_PROOF', `${pupil.key} ${problem.kind}`);
  return send(world, head, 'resolveProblemRecord', {
    ...input,
    evidence: papers.map(({ upload }) => upload),
  });
};
