import { z } from 'zod';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { saveChange } from '../change-rows.ts';
import { isWithPeople } from '../course.ts';
import { obstacleFindings, withCurrent } from '../turns.ts';
import { type Moved, Order, onChange } from './on-change.ts';

const Withdrawing = Order.extend({ reason: z.string().trim().min(1).max(1000) });

/** The school takes a change back, with a reason, as long as the authority has not approved it. */
export const withdrawChange = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Moved> => {
  const caller = authorize(actor, 'key-change.enter');
  const asked = parseInput(Withdrawing, input);
  return onChange(core, caller, asked, async ({ tx, record, situation }) => {
    if (caller.school !== record.school) throw outOfJurisdiction();
    if (!isWithPeople(record.state)) return obstacleFindings(record, ['CASE_ENDED'], situation);
    const { now } = situation;
    const given = withCurrent(record, { reason: asked.reason });
    await saveChange(tx, now, record, { ...given, state: 'WITHDRAWN', endedAt: now });
    return [];
  });
};
