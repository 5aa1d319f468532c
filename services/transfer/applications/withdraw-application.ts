import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Answered } from './apply-for-transfer.ts';
import { ApplicationOrder, nothing, onApplication } from './on-application.ts';
import { applicationNotOpen } from './own-application-finding.ts';
import { saveApplication } from './save-application.ts';

/** The guardian takes an application back, as long as no case has come of it; a case is withdrawn as such. */
export const withdrawApplication = (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Answered> => {
  const caller = authorize(actor, 'transfer.withdraw-own');
  const asked = parseInput(ApplicationOrder, input);
  return onApplication(
    { core, caller, operation: 'withdrawApplication' },
    asked,
    nothing,
    async ({ tx, record }) => {
      if (record.state !== 'APPLIED' && record.state !== 'ARRANGING')
        return { findings: [applicationNotOpen] };
      const at = core.clock.now();
      await saveApplication(tx, at, record, { ...record, state: 'WITHDRAWN', endedAt: at });
      return { findings: [] };
    },
  );
};
