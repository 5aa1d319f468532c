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

/**
 * A change is taken back, with a reason: by the school as long as the authority has not approved it, by the guardian who
 * proposed it as long as the school has not handed it in (W-08).
 */
export const withdrawChange = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Moved> => {
  const isFamily = actor?.level === 'NONE';
  const caller = authorize(actor, isFamily ? 'key-change.withdraw-own' : 'key-change.enter');
  const asked = parseInput(Withdrawing, input);
  return onChange({ core, caller, operation: 'withdrawChange' }, asked, async ({ tx, record, situation }) => {
    if (!isFamily && caller.school !== record.school) throw outOfJurisdiction();
    if (!isWithPeople(record.state)) return obstacleFindings(record, ['CASE_ENDED'], situation);
    const isOwnDraft = record.state === 'DRAFTED' && record.openedBy === caller.subject;
    if (isFamily && !isOwnDraft) return obstacleFindings(record, ['OTHER_UNIT'], situation);
    const { now } = situation;
    const given = withCurrent(record, { reason: asked.reason });
    await saveChange(tx, now, record, { ...given, state: 'WITHDRAWN', endedAt: now });
    return [];
  });
};
