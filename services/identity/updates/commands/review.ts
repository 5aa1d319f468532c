import { z } from 'zod';
import type { Finding } from '#libs/law/finding.ts';
import { judgeConfirmation } from '#libs/law/identity/information-change.ts';
import {
  approvedBy,
  type Hand,
  nextAfter,
  obstaclesToDecision,
  obstaclesToHandling,
} from '#libs/law/procedure/course.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { holdForRequest } from '#libs/platform/files/hold-papers.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { applyItems } from '../apply.ts';
import { judgeProposal } from '../judge.ts';
import { keptPapers } from '../kept-papers.ts';
import { CopiedPaper } from '../paper-kinds.ts';
import { lawField } from '../proposal.ts';
import { provincialFieldsOf } from '../provincial-fields.ts';
import { decidingHand, handlingHand, heldWithoutReason, obstacleFindings, openStep } from '../turns.ts';
import { courseOf, type UpdateRecord } from '../update-record.ts';
import { saveUpdate } from '../update-rows.ts';
import { onUpdate, type Work, withCurrent, workOn } from './on-update.ts';
import type { Moved } from './submit.ts';

const order = {
  idempotencyKey: z.string().min(1).max(100),
  update: z.string().max(100),
  expectedVersion: z.int(),
};
const Handling = z.object({
  ...order,
  opinion: z.string().trim().max(1000).nullish(),
  evidence: z.array(CopiedPaper).max(20).nullish(),
});
const Deciding = z.object({
  ...order,
  decision: z.enum(['CONFIRM', 'REJECT']),
  reason: z.string().trim().max(1000).nullish(),
});
const Withdrawing = z.object(order);

/** The registrar of the unit whose turn it is looks at the papers, takes copies and says what is to be said. */
export const handleInformationUpdate = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Moved> => {
  const caller = authorize(actor, 'information.handle');
  const asked = parseInput(Handling, input);
  const handed = asked.evidence ?? [];
  const check = ({ record, where }: Work) =>
    obstacleFindings(obstaclesToHandling(courseOf(record), handlingHand(caller)), where);
  const order = { caller, key: asked.idempotencyKey, uploads: handed.map(({ upload }) => upload) };
  const held = await holdForRequest(
    core,
    order,
    (work) => asWorker(core.worker, work),
    async (tx) => check(await workOn(core, tx, caller, asked)),
  );
  return onUpdate({ core, caller, operation: 'handleInformationUpdate' }, asked, async (work) => {
    const { tx, record, where } = work;
    const findings = check(work);
    if (findings.length > 0) return findings;
    const handled = { handledBy: caller.subject, handledAt: where.now, opinion: asked.opinion ?? null };
    const kept = keptPapers(held, handed, where.now);
    const after = { ...withCurrent(record, handled), papers: [...record.papers, ...kept] };
    await saveUpdate(tx, where.now, record, after, caller.subject);
    return [];
  });
};

/** What the law says of the change as things stand now, under the rules that it began with (W-08). */
const judgeNow = async ({ tx, record, held, where }: Work): Promise<Finding[]> =>
  judgeProposal(
    {
      held,
      items: record.items,
      keyFields: [],
      by: record.proposedAs,
      papers: record.papers.flatMap(({ kind, file }) => (file === null ? [] : [kind])),
      assessed: record.assessed,
      provincialFields: await provincialFieldsOf(tx, where.lawPlace.province),
      running: [],
    },
    record.policyOn,
    where.lawPlace,
  );

/**
 * The unit whose turn it is confirms or rejects. The last confirmation judges the change once more as things stand, and
 * writes it: nothing holds before (ID-14, ID-16).
 */
export const decideInformationUpdate = (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Moved> => {
  const asTaker = actor !== null && !isGranted(actor, 'information.decide');
  const caller = authorize(
    actor,
    asTaker && isGranted(actor, 'information.take-over') ? 'information.take-over' : 'information.decide',
  );
  const asked = parseInput(Deciding, input);
  const reason = asked.reason ?? null;
  const decision = asked.decision === 'CONFIRM' ? 'APPROVE' : 'REFUSE';
  return onUpdate({ core, caller, operation: 'decideInformationUpdate' }, asked, async (work) => {
    const hand = decidingHand(caller, work.record);
    const obstacles = [
      ...obstaclesToDecision(courseOf(work.record), hand, decision, reason),
      ...(work.record.proposedBy === caller.subject ? (['SAME_PERSON'] as const) : []),
    ];
    if (obstacles.length > 0) return obstacleFindings([...new Set(obstacles)], work.where);
    return decision === 'APPROVE' ? confirm(core, work, hand, reason) : reject(work, hand, reason);
  });
};

const reject = async ({ tx, record, where }: Work, hand: Hand, reason: string | null): Promise<Finding[]> => {
  const decided = withCurrent(record, {
    decidedBy: hand.subject,
    decidedAt: where.now,
    decision: 'REFUSE',
    reason,
  });
  await saveUpdate(
    tx,
    where.now,
    record,
    { ...decided, state: 'REJECTED', endedAt: where.now },
    hand.subject,
  );
  return [];
};

const confirm = async (
  core: ServiceCore,
  work: Work,
  hand: Hand,
  reason: string | null,
): Promise<Finding[]> => {
  const { tx, record, where } = work;
  const findings = await judgeNow(work);
  const standing = findings.filter(({ outcome }) => outcome === 'REJECT');
  if (standing.length > 0) return standing;
  const isAuthority = record.steps.at(-1)?.party !== 'SCHOOL';
  const isLast = nextAfter(courseOf(record), 'APPROVE').to === 'END';
  const held = isAuthority || isLast ? heldWithoutReason(findings, reason) : [];
  if (held.length > 0) return held.map((each) => ({ ...each, outcome: 'REJECT' as const }));
  const decided = withCurrent(record, {
    decidedBy: hand.subject,
    decidedAt: where.now,
    decision: 'APPROVE',
    reason,
  });
  const next = nextAfter(courseOf(record), 'APPROVE');
  if (next.to === 'PARTY') {
    const step = openStep(where, next.party, decided.steps.length + 1, null);
    const after = {
      ...decided,
      findings,
      state: 'AUTHORITY_REVIEW' as const,
      steps: [...decided.steps, step],
    };
    await saveUpdate(tx, where.now, record, after, hand.subject);
    return findings;
  }
  const refused = await applyConfirmed(core, work, decided, hand);
  return refused.length > 0 ? refused : findings;
};

/** Writes what everybody whose word it needs has confirmed. */
const applyConfirmed = async (
  core: ServiceCore,
  { tx, record, held, where }: Work,
  decided: UpdateRecord,
  hand: Hand,
): Promise<Finding[]> => {
  const approved = approvedBy(decided.steps);
  const unconfirmed = judgeConfirmation(
    {
      fields: Object.keys(record.items).map(lawField),
      channel: record.channel,
      schoolConfirmed: approved.includes('SCHOOL'),
      authorityApproved: approved.includes('AUTHORITY'),
    },
    record.policyOn,
    where.lawPlace,
  );
  if (unconfirmed.length > 0) return unconfirmed;
  const refused = await applyItems({
    ...{ tx, sealing: core.sealing, held, items: record.items, id: record.id },
    ...{ by: hand.subject, at: where.now, today: where.today, lawPlace: where.lawPlace },
  });
  if (refused.length > 0) return refused;
  await saveUpdate(tx, where.now, record, { ...decided, state: 'APPLIED', endedAt: where.now }, hand.subject);
  return [];
};

/** Whoever proposed a change takes it back before it holds. */
export const withdrawInformationUpdate = (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Moved> => {
  const caller = authorize(
    actor,
    actor?.level === 'NONE' ? 'information.propose-own' : 'information.propose',
  );
  const asked = parseInput(Withdrawing, input);
  return onUpdate(
    { core, caller, operation: 'withdrawInformationUpdate' },
    asked,
    async ({ tx, record, where }) => {
      if (record.proposedBy !== caller.subject) return obstacleFindings(['OTHER_ROLE'], where);
      if (record.endedAt !== null) return obstacleFindings(['CASE_ENDED'], where);
      const after = {
        ...record,
        version: record.version + 1,
        state: 'WITHDRAWN' as const,
        endedAt: where.now,
      };
      await saveUpdate(tx, where.now, record, after, caller.subject);
      return [];
    },
  );
};
