import { TransferWithdrawn } from '#libs/contracts/events/transfer.ts';
import { judgeAct, stateAfter } from '#libs/law/transfer/acts.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { lawPlaceOfParty } from '../cases/own-step.ts';
import { caseFacts, saveCase } from '../cases/save-case.ts';
import type { Moved } from './initiate-transfer.ts';
import { Order, onCaseAlone } from './on-case.ts';

/** The guardian withdraws a case before its last approval (W-09); the held place is given back. */
export const withdrawTransfer = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Moved> => {
  const caller = authorize(actor, 'transfer.withdraw-own');
  const asked = parseInput(Order, input);
  return onCaseAlone({ core, caller, operation: 'withdrawTransfer' }, asked, async ({ tx, record }) => {
    const now = core.clock.now();
    const place = await lawPlaceOfParty(core, record, 'TARGET_SCHOOL');
    const state = stateAfter(record, 'WITHDRAW');
    if (state === undefined) return judgeAct(record, 'WITHDRAW', core.clock.today(), place);
    const ended = { ...record, state, endedAt: now, releasePlace: true };
    await saveCase(tx, now, record, ended, [{ kind: TransferWithdrawn, data: caseFacts(record) }]);
    return [];
  });
};
