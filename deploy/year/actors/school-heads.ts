import type { Actor } from '../actor.ts';
import type { CaseNote } from '../world/case-notes.ts';
import { decideStep, desksAt, handleStep } from '../world/case-work.ts';
import { paper } from '../world/papers.ts';
import type { World } from '../world/world.ts';

const PUTS_OFF = 0.12;
const REFUSES = 0.01;

/** Schools work on the cases whose turn is theirs: the registrar mends what came back, the head confirms. */
export const actor: Actor = {
  name: 'school heads',
  at: '11:00',
  act: async (_, world) => {
    const schools = new Set(world.schools().map(({ code }) => code));
    await world.each(
      world.cases.places().filter((place) => schools.has(place)),
      async (place) => {
        for (const note of world.cases.waitingAt(new Set([place]))) await workOn(world, note);
      },
    );
  },
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
