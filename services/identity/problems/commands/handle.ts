import { z } from 'zod';
import { Uuid } from '#libs/contracts/ids.ts';
import { enforces } from '#libs/law/enforces.ts';
import type { Finding } from '#libs/law/finding.ts';
import {
  obstaclesToAct,
  problemObstacleFindings,
  referredTo,
  stateAfterAct,
} from '#libs/law/identity/problem-course.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { recordEvents } from '#libs/platform/events/outbox.ts';
import { holdForRequest } from '#libs/platform/files/hold-papers.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type Moved, onProblem, type Work, workOn } from '../on-problem.ts';
import { saveProblem } from '../problem-rows.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  problem: z.string().max(100),
  expectedVersion: z.int(),
  action: z.enum(['VERIFY', 'FAULT_FOUND', 'NO_FAULT', 'REFER']),
  note: z.string().trim().max(1000).nullish(),
  evidence: z.array(Uuid).max(20).nullish(),
});

/**
 * School or superior authority verifies a record, finds a fault or none, or refers it to whoever stands above, with the
 * papers that it rests on (ID-19, W-22).
 */
export const handleProblemRecord = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Moved> => {
  enforces('ID-19');
  const caller = authorize(actor, 'problem.handle');
  const asked = parseInput(Input, input);
  const note = asked.note ?? null;
  const papers = asked.evidence ?? [];
  const check = ({ course, hand, today, lawPlace }: Work): Finding[] =>
    problemObstacleFindings(obstaclesToAct(course, asked.action, hand, note), today, lawPlace);
  await holdForRequest(
    core,
    { caller, key: asked.idempotencyKey, uploads: papers },
    (work) => asWorker(core.worker, work),
    async (tx) => check(await workOn(core, tx, caller, asked)),
  );
  return onProblem({ core, caller, operation: 'handleProblemRecord' }, asked, async (work) => {
    const { tx, record, course, hand, now } = work;
    const findings = check(work);
    const state = stateAfterAct(record.state, asked.action);
    if (findings.length > 0 || state === undefined) return findings;
    const after = {
      ...record,
      state,
      version: record.version + 1,
      lastActor: caller.subject,
      turn: asked.action === 'REFER' ? referredTo(course) : record.turn,
    };
    const happening = { act: asked.action, unit: hand.unit, by: caller.subject, at: now, note, papers };
    await recordEvents(tx, now, [await saveProblem(tx, core.sealing, after, happening)]);
    return [];
  });
};
