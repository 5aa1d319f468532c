import { z } from 'zod';
import { handOf } from '#libs/law/procedure/course.ts';
import { openSteps } from '#libs/law/transfer/course.ts';
import { judgeHandling } from '#libs/law/transfer/decision.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { partyOf } from '../cases/own-step.ts';
import { saveCase } from '../cases/save-case.ts';
import type { Moved } from './initiate-transfer.ts';
import { Order, onCaseAlone } from './on-case.ts';

const Handling = Order.extend({ opinion: z.string().trim().max(1000).nullish() });

/** The registrar of the school or authority whose turn it is handles its step (ACC-18, TRF-43). */
export const handleStep = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Moved> => {
  const caller = authorize(actor, 'transfer.handle');
  const asked = parseInput(Handling, input);
  return onCaseAlone({ core, caller, operation: 'handleStep' }, asked, async ({ tx, record }) => {
    const [now, today] = [core.clock.now(), core.clock.today()];
    const hand = handOf(caller, 'HANDLES');
    const { party, place } = await partyOf(core, record, hand.unit);
    const findings = judgeHandling(record, { party, hand }, today, place);
    if (findings.length > 0) return findings;
    const own = openSteps(record).find((step) => step.party === party);
    const handled = { handledBy: caller.subject, handledAt: now, opinion: asked.opinion ?? null };
    const steps = record.steps.map((step) =>
      step.turn === own?.turn && step.party === party ? { ...step, ...handled } : step,
    );
    await saveCase(tx, now, record, { ...record, steps }, []);
    return [];
  });
};
