import { TransferDiscarded } from '#libs/contracts/events/transfer.ts';
import { judgeAct, stateAfter } from '#libs/law/transfer/acts.ts';
import { obstacleFindings } from '#libs/law/transfer/order.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { lawPlaceOfParty } from '../cases/own-step.ts';
import { caseFacts, saveCase } from '../cases/save-case.ts';
import type { Moved } from '../commands/initiate-transfer.ts';
import { Order, onCaseAlone } from '../commands/on-case.ts';

/**
 * The receiving school discards a draft or filing of its own before the start: nothing has begun for anybody else, and the
 * school may put another case together.
 */
export const discardTransferDraft = (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Moved> => {
  const caller = authorize(actor, 'transfer.discard');
  const asked = parseInput(Order, input);
  return onCaseAlone({ core, caller, operation: 'discardTransferDraft' }, asked, async ({ tx, record }) => {
    const [now, today] = [core.clock.now(), core.clock.today()];
    const place = await lawPlaceOfParty(core, record, 'TARGET_SCHOOL');
    if (caller.school !== record.target.school) {
      return obstacleFindings(['OTHER_UNIT'], 'TARGET_SCHOOL', today, place);
    }
    const state = stateAfter(record, 'DISCARD');
    if (state === undefined) return judgeAct(record, 'DISCARD', today, place);
    const ended = { ...record, state, endedAt: now, releasePlace: true };
    await saveCase(tx, now, record, ended, [
      { kind: TransferDiscarded, data: { ...caseFacts(record), by: 'SCHOOL' } },
    ]);
    return [];
  });
};
