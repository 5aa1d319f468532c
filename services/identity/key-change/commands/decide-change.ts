import { z } from 'zod';
import type { Finding } from '#libs/law/finding.ts';
import { judgeConfirmation } from '#libs/law/identity/information-change.ts';
import { changedItems } from '#libs/law/identity/key-change.ts';
import { approvedBy, handOf, obstaclesToDecision, type StepDecision } from '#libs/law/procedure/course.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type ChangeRecord, saveChange } from '../change-rows.ts';
import { courseOf } from '../course.ts';
import { followedBy, obstacleFindings, withCurrent } from '../turns.ts';
import { judgeAgain, type Moved, Order, onChange, type Work } from './on-change.ts';

const Deciding = Order.extend({
  decision: z.enum(['APPROVE', 'RETURN', 'REFUSE']),
  reason: z.string().trim().max(1000).nullish(),
});

/**
 * The unit whose turn it is decides, by another person than the one who handled it (ACC-18): the school's head, then the
 * registry authority. Its approval changes nothing yet; both checks come first (ID-13).
 */
export const decideChange = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Moved> => {
  const caller = authorize(actor, 'key-change.decide');
  const asked = parseInput(Deciding, input);
  const reason = asked.reason ?? null;
  return onChange({ core, caller, operation: 'decideChange' }, asked, async (work) => {
    const { tx, record, proposal, proofs, situation } = work;
    const hand = handOf(caller, 'DECIDES');
    const obstacles = obstaclesToDecision(courseOf(record), hand, asked.decision, reason);
    if (obstacles.length > 0) return obstacleFindings(record, obstacles, situation);
    const findings = asked.decision === 'APPROVE' ? judgeAgain(work, proposal.after, proofs) : [];
    if (findings.some(({ outcome }) => outcome === 'REJECT')) return findings;
    const { now } = situation;
    const decided = withCurrent(record, {
      decidedBy: caller.subject,
      decidedAt: now,
      decision: asked.decision,
      reason,
    });
    const missing = asked.decision === 'APPROVE' ? unconfirmed(work, decided) : [];
    if (missing.length > 0) return missing;
    await saveChange(tx, now, record, afterDecision(work, decided, asked.decision));
    return findings;
  });
};

/** Before the checks both the school and its authority have approved, each since it was last given back (ID-13, ID-16). */
const unconfirmed = ({ record, proposal, situation }: Work, decided: ChangeRecord): Finding[] => {
  if (record.steps.at(-1)?.party !== 'AUTHORITY') return [];
  const approved = approvedBy(decided.steps);
  return judgeConfirmation(
    {
      fields: changedItems(proposal.before, proposal.after),
      channel: record.channel,
      schoolConfirmed: approved.includes('SCHOOL'),
      authorityApproved: approved.includes('AUTHORITY'),
    },
    record.policyOn,
    situation.lawPlace,
  );
};

/** The way of a change after a decision: on to the authority or the checks, back to the school, or the end. */
const afterDecision = (
  { record, situation }: Work,
  decided: ChangeRecord,
  decision: StepDecision,
): ChangeRecord => {
  switch (decision) {
    case 'REFUSE':
      return { ...decided, state: 'REJECTED', endedAt: situation.now };
    case 'RETURN':
      return followedBy({ ...decided, state: 'DRAFTED' }, situation, 'SCHOOL');
    case 'APPROVE':
      return record.steps.at(-1)?.party === 'SCHOOL'
        ? followedBy({ ...decided, state: 'AUTHORITY_DECIDING' }, situation, 'AUTHORITY')
        : followedBy({ ...decided, state: 'RECHECKING' }, situation, 'SYSTEM');
    default:
      return decision satisfies never;
  }
};
