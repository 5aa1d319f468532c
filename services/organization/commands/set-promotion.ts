import { z } from 'zod';
import { Instant } from '#libs/contracts/ids.ts';
import type { Finding } from '#libs/law/finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { standingPromotion } from '../calendar/calendar.ts';
import { judgePromotion } from '../calendar/promotion.ts';
import { lockPromotion, savePromotions } from '../store/calendars.ts';
import { recordChange } from '../store/change-record.ts';
import { runOnce } from './run-command.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  schoolYear: z.int(),
  effectiveAt: Instant.transform((text) => new Date(text)),
});

export type PromotionOutcome = { schoolYear: number | null; findings: Finding[] };

/** The ministry enters, ahead of time, when the nationwide promotion into a school year takes effect (ENR-28). */
export const setPromotion = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<PromotionOutcome> => {
  const caller = authorize(actor, 'promotion.set');
  const { idempotencyKey, schoolYear, effectiveAt } = parseInput(Input, input);
  const request = { idempotencyKey, schoolYear, effectiveAt: effectiveAt.toISOString() };
  return runOnce(
    { core, caller, operation: 'setPromotion' },
    request,
    async (tx, at): Promise<PromotionOutcome> => {
      const entered = await lockPromotion(tx, schoolYear);
      const standing = entered?.effectiveAt ?? standingPromotion(schoolYear);
      const findings = judgePromotion({ schoolYear, effectiveAt }, { now: new Date(at), standing });
      if (findings.length > 0) return { schoolYear: null, findings };
      const version = (entered?.version ?? 0) + 1;
      await savePromotions(tx, [{ schoolYear, effectiveAt, version }], at);
      await recordChange(tx, { aggregate: `promotion:${schoolYear}`, version, action: 'SET', caller, at });
      return { schoolYear, findings: [] };
    },
  );
};
