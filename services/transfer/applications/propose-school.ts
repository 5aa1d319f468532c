import { SchoolCode } from '#libs/contracts/ids.ts';
import { isRejected } from '#libs/law/own-finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { ApplicationRecord } from './application-record.ts';
import type { Answered } from './apply-for-transfer.ts';
import { judgeNamed, lookAtSchool } from './arranged-school.ts';
import { ApplicationOrder, onApplication } from './on-application.ts';
import { saveApplication } from './save-application.ts';

const Proposing = ApplicationOrder.extend({ school: SchoolCode });

/**
 * The registrar of the receiving county proposes a school with a place free, for its head to decide on (TRF-10, TRF-43).
 * Proposed again it is another one. No place is held for a proposal.
 */
export const proposeSchool = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Answered> => {
  const caller = authorize(actor, 'transfer.propose');
  const order = parseInput(Proposing, input);
  const prepare = (seen: ApplicationRecord) => lookAtSchool(core, seen, order.school);
  return onApplication(
    { core, caller, operation: 'proposeSchool' },
    order,
    prepare,
    async ({ tx, record }, situation) => {
      const findings = await judgeNamed(core, caller, record, situation);
      if (isRejected(findings)) return { findings };
      const { now } = situation;
      const proposal = { school: order.school, by: caller.subject, at: now };
      await saveApplication(tx, now, record, { ...record, proposal });
      return { findings };
    },
  );
};
