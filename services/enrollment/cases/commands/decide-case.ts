import { z } from 'zod';
import { shanghaiDate } from '#libs/law/dates.ts';
import type { Finding } from '#libs/law/finding.ts';
import {
  approvedBy,
  type Hand,
  handOf,
  nextAfter,
  obstaclesToDecision,
  obstaclesToHandling,
  type Step,
  type StepDecision,
} from '#libs/law/procedure/course.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { type Command, once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction, versionConflict } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { askBasicInfo } from '../../marks/basic-info.ts';
import { type CaseKey, readCaseId } from '../case-id.ts';
import { type CaseRecord, lockCase, saveCase } from '../case-rows.ts';
import { papersOf, takePapers } from '../evidence.ts';
import { planOf } from '../plans/plans.ts';
import { lockRegistration, type Situation, situationOf } from '../situation.ts';
import { changeStatus } from '../status-change.ts';
import { heldWithoutReason, obstacleFindings, openStep } from '../turns.ts';
import { CaseInput } from './open-case.ts';

const Handling = z.object({
  idempotencyKey: z.string().min(1).max(100),
  case: z.string().max(100),
  expectedVersion: z.int(),
  opinion: z.string().trim().max(1000).nullish(),
  evidence: CaseInput.shape.evidence,
});

const Deciding = z.object({
  idempotencyKey: z.string().min(1).max(100),
  case: z.string().max(100),
  expectedVersion: z.int(),
  decision: z.enum(['APPROVE', 'RETURN', 'REFUSE']),
  reason: z.string().trim().max(1000).nullish(),
});

const Withdrawing = z.object({
  idempotencyKey: z.string().min(1).max(100),
  case: z.string().max(100),
  expectedVersion: z.int(),
  reason: z.string().trim().min(1).max(1000),
});

export type Moved = { case: CaseKey | null; findings: Finding[] };

type Work = { core: ServiceCore; tx: Tx; caller: Actor; record: CaseRecord; situation: Situation };

/** The current step changed, everything else as it was. */
const withCurrent = (record: CaseRecord, change: Partial<Step>): CaseRecord => ({
  ...record,
  version: record.version + 1,
  steps: record.steps.map((step, at) => (at === record.steps.length - 1 ? { ...step, ...change } : step)),
});

type Order = { idempotencyKey: string; case: string; expectedVersion: number };

/** Loads a case with its lock and everything around it, and runs one action on it once for each key. */
const onCase = async (
  { core, caller, operation }: Command,
  order: Order,
  act: (work: Work) => Promise<Finding[]>,
): Promise<Moved> => {
  const key = readCaseId(order.case);
  const at = core.clock.now();
  const moved = await inScope(core.app, await core.directory.scopeOf(caller), (tx) =>
    once<Moved>(
      tx,
      { operation, caller: caller.subject, key: order.idempotencyKey, request: order, at },
      async () => {
        const record = await lockCase(tx, key.person, key.id);
        if (record === undefined) throw outOfJurisdiction();
        if (record.version !== order.expectedVersion) throw versionConflict(record.version);
        const registration = await lockRegistration(tx, record.person, record.enrollment);
        if (registration === undefined) throw outOfJurisdiction();
        const situation = await situationOf(core, tx, registration, {
          policyOn: record.policyOn,
          openedOn: shanghaiDate(new Date(record.openedAt)),
          evidence: await papersOf(tx, record.person, record.id),
        });
        const findings = await act({ core, tx, caller, record, situation });
        return { case: findings.some(({ outcome }) => outcome === 'REJECT') ? null : key, findings };
      },
    ),
  );
  core.wakeRelay();
  return moved;
};

/** The registrar of the unit whose turn it is handles the step: an opinion, and further papers (ACC-18). */
export const handleCase = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Moved> => {
  const caller = authorize(actor, 'case.handle');
  const asked = parseInput(Handling, input);
  return onCase({ core, caller, operation: 'handleCase' }, asked, async ({ tx, record, situation }) => {
    const findings = obstacleFindings(obstaclesToHandling(record, handOf(caller, 'HANDLES')), situation);
    if (findings.length > 0) return findings;
    const { now } = situation;
    await takePapers(tx, record, asked.evidence ?? [], caller.subject, now);
    const handled = { handledBy: caller.subject, handledAt: now, opinion: asked.opinion ?? null };
    await saveCase(tx, now, record, withCurrent(record, handled));
    return [];
  });
};

/**
 * The unit whose turn it is decides, by another person than the one who handled it. The last approval judges the
 * request once more as things stand now, under the rules that the case began with, and changes the registration.
 */
export const decideCase = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Moved> => {
  const caller = authorize(actor, 'case.decide');
  const asked = parseInput(Deciding, input);
  const reason = asked.reason ?? null;
  return onCase({ core, caller, operation: 'decideCase' }, asked, async (work) => {
    const hand = handOf(caller, 'DECIDES');
    const obstacles = obstaclesToDecision(work.record, hand, asked.decision, reason);
    if (obstacles.length > 0) return obstacleFindings(obstacles, work.situation);
    return decideNow(work, hand, asked.decision, reason);
  });
};

const decideNow = async (
  { tx, record, situation }: Work,
  hand: Hand,
  decision: StepDecision,
  reason: string | null,
): Promise<Finding[]> => {
  const plan = planOf(record.kind);
  const facts = plan.facts.parse(record.facts);
  const { now } = situation;
  const isAuthority = record.steps.at(-1)?.party !== 'SCHOOL';
  const findings = decision === 'APPROVE' ? plan.judge(facts, situation) : [];
  const standing = findings.filter(({ outcome }) => outcome === 'REJECT');
  const held = decision === 'APPROVE' && isAuthority ? heldWithoutReason(findings, reason) : [];
  if (standing.length > 0) return standing;
  if (held.length > 0) return held.map((each) => ({ ...each, outcome: 'REJECT' as const }));
  const decided = withCurrent(record, { decidedBy: hand.subject, decidedAt: now, decision, reason });
  const next = nextAfter(record, decision);
  const isEnd = next.to === 'END' && next.state === 'DONE';
  const missing = isEnd ? (plan.judgeEnd?.(approvedBy(decided.steps), facts, situation) ?? []) : [];
  if (missing.length > 0) return missing;
  const after: CaseRecord =
    next.to === 'END'
      ? { ...decided, state: next.state, endedAt: now }
      : {
          ...decided,
          steps: [...decided.steps, openStep(plan, facts, situation, next.party, decided.steps.length + 1)],
        };
  await saveCase(tx, now, record, after);
  if (after.state === 'DONE') {
    const effect = plan.effect(facts, situation);
    await changeStatus(tx, now, situation.registration, effect, record.id);
    if (effect.status === 'IN_SCHOOL' && situation.registration.status !== 'IN_SCHOOL')
      await askBasicInfo(
        tx,
        { person: record.person, enrollment: record.enrollment, changedOn: situation.today },
        situation.lawPlace,
        situation.calendar,
      );
  }
  return findings.filter(({ outcome }) => outcome !== 'REJECT');
};

/** The school takes a case back before its end, with a reason. */
export const withdrawCase = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Moved> => {
  const caller = authorize(actor, 'case.enter');
  const asked = parseInput(Withdrawing, input);
  return onCase({ core, caller, operation: 'withdrawCase' }, asked, async ({ tx, record, situation }) => {
    if (caller.school !== record.school) throw outOfJurisdiction();
    if (record.state !== 'RUNNING') return obstacleFindings(['CASE_ENDED'], situation);
    const { now } = situation;
    const given = withCurrent(record, { reason: asked.reason });
    await saveCase(tx, now, record, { ...given, state: 'WITHDRAWN', endedAt: now });
    return [];
  });
};
