import type { Actor } from '../actor.ts';
import { isFirstOf } from '../days.ts';
import type { CaseNote } from '../world/case-notes.ts';
import { type CaseView, decideStep, desksAt, handleStep, takeUp } from '../world/case-work.ts';
import { schoolDesks } from '../world/desks.ts';
import { paper } from '../world/papers.ts';
import type { World } from '../world/world.ts';

const PUTS_OFF = 0.12;
const REFUSES = 0.01;

/** Schools work on the cases whose turn is theirs: the registrar mends what came back, the head confirms. */
export const actor: Actor = {
  name: 'school heads',
  at: '11:00',
  act: async (day, world) => {
    if (isFirstOf(world.shared.days, day))
      await world.each(world.schools('SENIOR'), ({ code }) => readWorklist(world, code));
    const schools = new Set(world.schools().map(({ code }) => code));
    await world.each(
      world.cases.places().filter((place) => schools.has(place)),
      async (place) => {
        for (const note of world.cases.waitingAt(new Set([place]))) await workOn(world, note);
      },
    );
  },
};

type Page = { enrollmentCases: { edges: { node: CaseView }[] } };

/** Once a month a school reads its worklist through: what the system put there is a withdrawal nobody asked for (ENR-50). */
const readWorklist = async (world: World, school: string): Promise<void> => {
  const page = await world.read<Page>(
    schoolDesks(school).registrar,
    `{ enrollmentCases(filter: { mine: true, state: [RUNNING] }, first: 200) { edges { node {
         id kind state version student { id } steps { unit handledAt decision } } } } }`,
  );
  for (const { node } of page?.enrollmentCases.edges ?? []) {
    if (world.cases.has(node.id)) continue;
    const pupil = world.roster.of(node.student.id);
    if (pupil === undefined || node.kind !== 'WITHDRAWAL')
      world.tally.violated(`school ${school} has a case ${node.kind} that nobody opened`);
    else takeUp(world, node, pupil, { status: 'WITHDRAWN' });
  }
};

const workOn = async (world: World, note: CaseNote): Promise<void> => {
  const random = world.random(note.kind, note.pupil.key);
  if (random.chance(PUTS_OFF)) return;
  const { registrar, head } = desksAt(world, note.turn);
  if (!note.handled) {
    const evidence = await paper(world, registrar, 'OTHER_VALID_PROOF', `${note.kind} ${note.pupil.key}`);
    await handleStep(world, registrar, note, { opinion: '已补充材料', evidence });
  }
  const [current] = world.cases.waitingAt(new Set([note.turn])).filter(({ id }) => id === note.id);
  if (current === undefined) return;
  if (random.chance(REFUSES)) await decideStep(world, head, current, 'REFUSE', { reason: '家长撤回申请' });
  else await decideStep(world, head, current, 'APPROVE');
};
