import { z } from 'zod';
import { PersuasionLogged } from '#libs/contracts/events/dropout.ts';
import { Day } from '#libs/contracts/ids.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { badInput } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { moveEntry } from '../move-entry.ts';
import { EntryOrder, type Moved, Note, onEntry } from '../on-entry.ts';

const Input = EntryOrder.extend({
  measure: z.enum(['PHONE', 'HOME_VISIT', 'LETTER', 'MEETING', 'AID', 'TUTORING', 'OTHER']),
  actedOn: Day,
  /** Whether child or family were reached. */
  reached: z.boolean(),
  note: Note.nullish(),
  /** When somebody looks again; thirty days on at the latest. */
  nextActionOn: Day.nullish(),
});

const inOrder = (today: string, { actedOn, nextActionOn }: z.infer<typeof Input>): void => {
  const problems = [
    ...(actedOn > today ? [{ path: ['actedOn'], message: '日期不能晚于今日。 Not later than today.' }] : []),
    ...(nextActionOn && nextActionOn < today
      ? [{ path: ['nextActionOn'], message: '下次跟踪日期不能早于今日。 Not before today.' }]
      : []),
  ];
  if (problems.length > 0)
    throw badInput(problems.map((problem) => ({ code: 'DAY_OUT_OF_ORDER', ...problem })));
};

/** School or county enters what was done to bring the child back (ENR-60): the measure, who was reached, what follows. */
export const logPersuasion = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Moved> => {
  const caller = authorize(actor, 'dropout.enter');
  const asked = parseInput(Input, input);
  inOrder(core.clock.today(), asked);
  return onEntry({ core, caller, act: 'PERSUADE' }, asked, async ({ tx, entry, unit }) => {
    const { measure, reached, note, actedOn, nextActionOn } = asked;
    await moveEntry(core, tx, entry, {
      act: 'PERSUADE',
      record: { kind: 'PERSUADED', actedOn, measure, reached, note, unit, by: caller.subject },
      nextActionOn,
      event: PersuasionLogged,
    });
    return [];
  });
};
