import { z } from 'zod';
import { OutcomeTakenBack } from '#libs/contracts/events/certificate.ts';
import { isUuid } from '#libs/contracts/ids.ts';
import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { execute } from '#libs/platform/database/query.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { notReviewed } from '../procedure/own-finding.ts';
import { type BatchDone, BatchOrder, onBatch } from './on-batch.ts';
import { outcomesWhere } from './outcome-rows.ts';
import { batchFacts, saveBatch } from './save-batch.ts';

const TakingBack = BatchOrder.extend({
  students: z.array(z.string().max(100)).min(1).max(500),
  reason: z.string().trim().min(1).max(1000),
});

const ofStudents = `batch_id = $1 and person_id = any($2::uuid[]) and state = 'REVIEWED'
  order by person_id for update`;

/**
 * The authority takes back outcomes that stood and by which no certificate was issued yet: the school sorts these students anew.
 * Who took back, when and why stays with the outcome. All of them or none.
 */
export const takeBackOutcomes = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<BatchDone> => {
  const caller = authorize(actor, 'outcome.decide');
  const asked = parseInput(TakingBack, input);
  if (!isUuid(asked.batch)) throw outOfJurisdiction();
  return onBatch({ core, caller, operation: 'takeBackOutcomes' }, asked, async ({ tx, batch, now }) => {
    if (batch.authority !== unitOf(caller)) throw outOfJurisdiction();
    const wanted = [...new Set(asked.students)];
    const found = await outcomesWhere(tx, ofStudents, [batch.id, wanted.filter(isUuid)]);
    if (found.length < wanted.length) return [notReviewed];
    await execute(
      tx,
      `update outcome set state = 'RETURNED', taken_back_by = $3, taken_back_at = $4, taken_back_reason = $5
       from unnest($1::uuid[], $2::uuid[]) as n (person, id) where person_id = n.person and outcome_id = n.id`,
      [found.map(({ person }) => person), found.map(({ id }) => id), caller.subject, now, asked.reason],
    );
    const outcomes = found.map(({ person, enrollment, kind }) => ({ person, enrollment, outcome: kind }));
    const after = { ...batch, size: batch.size - found.length };
    await saveBatch(tx, now, batch, after, {
      kind: OutcomeTakenBack,
      data: { ...batchFacts(batch), outcomes },
    });
    return [];
  });
};
