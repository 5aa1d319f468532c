import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { IllegalRejectionBlocked } from '#libs/contracts/events/transfer.ts';
import { isUuid } from '#libs/contracts/ids.ts';
import type { Finding } from '#libs/law/finding.ts';
import { handOf } from '#libs/law/procedure/course.ts';
import { isStarting, openSteps } from '#libs/law/transfer/course.ts';
import { judgeTransferDecision } from '#libs/law/transfer/decision.ts';
import { type Party, sideOf } from '#libs/law/transfer/parties.ts';
import { REJECTION_REASONS } from '#libs/law/transfer/refusal-reasons.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { versionConflict } from '#libs/platform/errors/errors.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { giveBackAfterFailure, notePlaceAsked } from '../cases/asked-place.ts';
import type { CaseRecord } from '../cases/case-record.ts';
import { judgeStanding } from '../cases/judge-standing.ts';
import { partyOf } from '../cases/own-step.ts';
import { caseFacts } from '../cases/save-case.ts';
import { standingReasons } from '../cases/standing-reasons.ts';
import { groundOf } from '../cases/start-facts.ts';
import { placeOfUnit } from '../cases/steps-opened.ts';
import { approve, isJudgedBy } from './approve-step.ts';
import type { Moved } from './initiate-transfer.ts';
import type { ApprovalFacts } from './next-steps.ts';
import { knownOf, Order, onCase, situationOfCase, surroundingsOfCase, type Work } from './on-case.ts';
import { refuse } from './refuse-step.ts';

const Deciding = Order.extend({
  decision: z.enum(['APPROVE', 'REFUSE']),
  reasons: z.array(z.enum(REJECTION_REASONS)).max(REJECTION_REASONS.length).nullish(),
  note: z.string().trim().max(1000).nullish(),
  gradeConsent: z.boolean().nullish(),
  weighed: z
    .array(z.enum(['PRIVATE_SHARE', 'FREE_PLACES', 'ADMISSION_PLAN', 'ENTRANCE_EXAM']))
    .max(4)
    .nullish(),
  admission: z.object({ meetsPolicy: z.boolean(), inPlan: z.boolean() }).nullish(),
  conditionsChecked: z.boolean().nullish(),
  comparableLevel: z.boolean().nullish(),
});
export type Deciding = z.infer<typeof Deciding>;

const isIllegal = ({ code }: Finding): boolean => code !== 'REJECTION_REASON_REQUIRED';

/** A refusal was held up by its reasons alone, and not because none was named. */
const isIllegalRefusal = (findings: readonly Finding[]): boolean =>
  findings.length > 0 && findings.every(({ path }) => path?.[0] === 'reasons') && findings.some(isIllegal);

/** It is on record that somebody wanted to refuse for no lawful reason; the case itself stays as it is. */
const recordIllegalRefusal = async (
  { core, tx, caller, record }: Work,
  party: Party,
  reasons: readonly string[],
  findings: readonly Finding[],
): Promise<void> => {
  const { unit } = handOf(caller, 'DECIDES');
  await recordEvents(tx, core.clock.now(), [
    recorded(IllegalRejectionBlocked, `transfer-refusal:${uuidv7()}`, 1, {
      ...caseFacts(record),
      ...{ party, unit, reasons: [...reasons] },
      rules: [...new Set(findings.filter(isIllegal).map(({ ruleId }) => ruleId))],
      unitPlace: await placeOfUnit(core, unit),
    }),
  ]);
};

/**
 * What a decision looks at. Owners are asked only where the case itself is judged: by the approvals that do so, and by every
 * refusal, whose reasons have to be so. Before a start it is noted that a place is about to be held.
 */
const factsFor = async (
  core: ServiceCore,
  seen: CaseRecord,
  unit: string,
  decision: Deciding['decision'],
  request: string,
): Promise<ApprovalFacts> => {
  const around = await surroundingsOfCase(core, seen);
  const party = openSteps(seen).find((step) => step.unit === unit)?.party;
  if (party === undefined || (decision === 'APPROVE' && !isJudgedBy(seen, party)))
    return { around, situation: undefined };
  const situation = await situationOfCase(core, seen);
  if (decision === 'APPROVE' && isStarting(seen)) await notePlaceAsked(core, seen.id, request);
  return { around: situation, situation };
};

/** A refusal with what is known of its case now; owners were not asked where another party's turn it is. */
const refusalOf = (
  { core, record }: Work,
  party: Party,
  reasons: readonly string[],
  { around, situation }: ApprovalFacts,
) => {
  const { kind, source, target, request } = record;
  const known = knownOf(core, record);
  return {
    ...{ kind, party, reasons, ground: groundOf(record, known.stated) },
    stage: sideOf(party) === 'SOURCE' ? source.stage : target.stage,
    target: { place: around.target.place, stage: target.stage },
    guardianApplied: typeof request.application === 'string',
    found:
      situation && reasons.length > 0
        ? standingReasons(known, judgeStanding(known, record, situation), situation)
        : [],
  };
};

/**
 * The head of the school or authority whose turn it is decides its step, by another person than the one who handled it
 * (TRF-43). The head of the receiving school starts the case: it is judged once more at that instant, and a place is held.
 * `wake` is called after the last approval, from which on the registration moves by itself.
 */
export const decideStep = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
  wake: () => void,
): Promise<Moved> => {
  const caller = authorize(actor, 'transfer.decide');
  const asked = parseInput(Deciding, input);
  const reasons = asked.reasons ?? [];
  const hand = handOf(caller, 'DECIDES');
  const request = uuidv7();
  const prepare = (seen: CaseRecord) => factsFor(core, seen, hand.unit, asked.decision, request);
  const moved = await onCase(
    { core, caller, operation: 'decideStep' },
    asked,
    prepare,
    async (work, known) => {
      const { record } = work;
      const { party, place } = await partyOf(core, record, hand.unit);
      const facts = { ...refusalOf(work, party, reasons, known), hand, decision: asked.decision };
      const on = record.startedAt === null ? known.around.today : record.policyOn;
      const findings = judgeTransferDecision(record, facts, on, place);
      if (isIllegalRefusal(findings)) await recordIllegalRefusal(work, party, reasons, findings);
      if (findings.length > 0) return findings;
      if (asked.decision === 'REFUSE') return refuse(work, party, reasons, asked.note ?? null);
      if (isJudgedBy(record, party) && known.situation === undefined) throw versionConflict(record.version);
      return approve(work, party, asked, known);
    },
  ).catch(async (error: unknown) => {
    if (isUuid(asked.transfer))
      await giveBackAfterFailure(core, asked.transfer, request).catch(() => undefined);
    throw error;
  });
  if (moved.record?.state === 'APPROVED') wake();
  return moved;
};
