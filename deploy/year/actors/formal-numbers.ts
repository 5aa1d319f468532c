import type { Actor } from '../actor.ts';
import { ministry } from '../world/desks.ts';
import type { World } from '../world/world.ts';

type Run = {
  id: string;
  state: string;
  examined: number;
  issuedG: number;
  issuedJ: number;
  problems: number;
};

/** The ministry issues formal numbers once the spring term has opened everywhere (ID-07); it tries a week too early. */
export const actor: Actor = {
  name: 'formal numbers',
  at: '08:30',
  act: async (day, world) => {
    if (day === '2026-03-03') await issue(world, ['FORMAL_ISSUE_TOO_EARLY']);
    if (day === '2026-03-17') await issue(world);
    if (day === '2026-03-24') await look(world);
  },
};

const order = (world: World, expects: readonly string[]) =>
  world.order<{ run: Run | null }>({
    as: ministry,
    does: 'issueFormalNumbers',
    type: 'IssueFormalNumbersInput',
    gives: 'run { id state examined issuedG issuedJ problems }',
    expects,
    input: {},
  });

const issue = async (world: World, expects: readonly string[] = []): Promise<void> => {
  await order(world, expects);
  await world.rest();
};

const look = async (world: World): Promise<void> => {
  const run = (await order(world, []))?.run;
  if (run?.state !== 'DONE') world.tally.violated(`the issue of numbers is ${run?.state} a week later`);
  world.tally.act('formal number G', run?.issuedG ?? 0);
  world.tally.act('formal number J', run?.issuedJ ?? 0);
  world.tally.act('problem record of the issue', run?.problems ?? 0);
  const given = (run?.issuedG ?? 0) + (run?.issuedJ ?? 0) + (run?.problems ?? 0);
  if (given !== run?.examined)
    world.tally.violated('pupils were examined for a number and neither given one nor put on record');
};
