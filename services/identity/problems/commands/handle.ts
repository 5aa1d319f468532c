import { z } from 'zod';
import { enforces } from '#libs/law/enforces.ts';
import {
  obstaclesToAct,
  problemObstacleFindings,
  referredTo,
  stateAfterAct,
} from '#libs/law/identity/problem-course.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { recordEvents } from '#libs/platform/events/outbox.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type Moved, onProblem } from '../on-problem.ts';
import { saveProblem } from '../problem-rows.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  problem: z.string().max(100),
  expectedVersion: z.int(),
  action: z.enum(['VERIFY', 'FAULT_FOUND', 'NO_FAULT', 'REFER']),
  note: z.string().trim().max(1000).nullish(),
});

/** School or superior authority verifies a record, finds a fault or none, or the school refers it (ID-19, W-22). */
export const handleProblemRecord = (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Moved> => {
  enforces('ID-19');
  const caller = authorize(actor, 'problem.handle');
  const asked = parseInput(Input, input);
  const note = asked.note ?? null;
  return onProblem(core, caller, asked, async ({ tx, record, course, hand, lawPlace, now, today }) => {
    const obstacles = obstaclesToAct(course, asked.action, hand, note);
    const state = stateAfterAct(record.state, asked.action);
    if (obstacles.length > 0 || state === undefined)
      return problemObstacleFindings(obstacles, today, lawPlace);
    const after = {
      ...record,
      state,
      version: record.version + 1,
      lastActor: caller.subject,
      turn: asked.action === 'REFER' ? referredTo(course) : record.turn,
    };
    const happening = { act: asked.action, unit: hand.unit, by: caller.subject, at: now, note, papers: [] };
    await recordEvents(tx, now, [await saveProblem(tx, core.sealing, after, happening)]);
    return [];
  });
};
