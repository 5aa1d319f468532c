import { z } from 'zod';
import { OutcomeReturned, OutcomeReviewed } from '#libs/contracts/events/certificate.ts';
import { isUuid } from '#libs/contracts/ids.ts';
import { issuerOf } from '#libs/law/certificate/issuer.ts';
import { handOf } from '#libs/law/procedure/course.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { beforeOrders } from '../issue/boundary.ts';
import { issuerFactsOf } from '../issue/issuer-facts.ts';
import { actingUnitOf } from '../lost/acting-unit.ts';
import { lawPlaceOf } from '../procedure/law-place.ts';
import { judgeDeciding, judgeHandling, type Turn } from '../procedure/two-persons.ts';
import { studiesWhere } from '../studies/study-rows.ts';
import type { OutcomeBatch } from './batch.ts';
import { batchesWhere } from './batch-rows.ts';
import { judgeClaims, type Surroundings, surroundingsOf } from './judge-outcomes.ts';
import { type BatchDone, BatchOrder, type BatchWork, onBatch } from './on-batch.ts';
import { type Outcome, Stated, statedContext } from './outcome.ts';
import { outcomesWhere, updateOutcomes } from './outcome-rows.ts';
import { batchFacts, saveBatch } from './save-batch.ts';

const Handling = BatchOrder.extend({ opinion: z.string().trim().max(1000).nullish() });
const Deciding = BatchOrder.extend({
  decision: z.enum(['APPROVE', 'RETURN']),
  reason: z.string().trim().max(1000).nullish(),
});

/** What of a batch a transaction cannot ask for while it is open: looked up before. */
type Before = { around: Surroundings };

const turnOf = (batch: OutcomeBatch): Turn => ({
  ...{ unit: batch.authority, open: batch.state === 'UPLOADED', openedAt: batch.uploadedAt },
  ...{ dueOn: batch.dueOn, handledBy: batch.handledBy },
});

const uploaded = `batch_id = $1 and state = 'UPLOADED' order by person_id`;

const look = async (core: ServiceCore, caller: Actor, id: string): Promise<Before> => {
  const found = isUuid(id)
    ? await inScope(core.app, await core.directory.scopeOf(caller), async (tx) => ({
        batch: (await batchesWhere(tx, 'batch_id = $1', [id]))[0],
        outcomes: await outcomesWhere(tx, uploaded, [id]),
      }))
    : undefined;
  if (found?.batch === undefined) throw outOfJurisdiction();
  const { batch, outcomes } = found;
  const place = lawPlaceOf(await core.directory.school(batch.school), batch.province);
  const seniors = outcomes.filter(({ stage }) => stage === 'SENIOR').map(({ person }) => person);
  return { around: await surroundingsOf(core, place, seniors) };
};

/** The registrar of the superior authority goes through a batch and gives an opinion (CRT-07, ACC-18). */
export const handleOutcomes = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<BatchDone> => {
  const caller = authorize(actor, 'outcome.handle');
  const asked = parseInput(Handling, input);
  await look(core, caller, asked.batch);
  return onBatch({ core, caller, operation: 'handleOutcomes' }, asked, async ({ tx, batch, now, today }) => {
    const place = lawPlaceOf(await core.directory.school(batch.school), batch.province);
    const findings = judgeHandling(turnOf(batch), handOf(caller, 'HANDLES'), today, place);
    if (findings.length > 0) return findings;
    const handled = { handledBy: caller.subject, handledAt: now, opinion: asked.opinion ?? null };
    await saveBatch(tx, now, batch, { ...batch, ...handled }, null);
    return [];
  });
};

const decided = (batch: OutcomeBatch, by: Actor, at: string, reason: string | null): OutcomeBatch => ({
  ...batch,
  ...{ decidedBy: by.subject, decidedAt: at, reason },
});

const giveBack = async ({ tx, batch, now }: BatchWork, by: Actor, reason: string | null): Promise<void> => {
  const outcomes = await outcomesWhere(tx, `${uploaded} for update`, [batch.id]);
  await updateOutcomes(
    tx,
    outcomes.map((each) => ({ ...each, state: 'RETURNED' as const })),
  );
  const after = { ...decided(batch, by, now, reason), state: 'RETURNED' as const };
  await saveBatch(tx, now, batch, after, { kind: OutcomeReturned, data: batchFacts(batch) });
};

/**
 * Judges a batch once more as things stand now and lets through who still qualifies; the others are held with their reasons. Who
 * issues the certificate follows from the law of the place on this day.
 */
const approve = async (
  { core, tx, batch, now, today }: BatchWork,
  by: Actor,
  { around }: Before,
  reason: string | null,
): Promise<void> => {
  const school = await core.directory.school(batch.school);
  const place = lawPlaceOf(school, batch.province);
  const outcomes = await outcomesWhere(tx, `${uploaded} for update`, [batch.id]);
  const studies = new Map(
    (await studiesWhere(tx, 'person_id = any($1::uuid[])', [outcomes.map(({ person }) => person)])).map(
      (study) => [study.enrollment, study],
    ),
  );
  const outcomeOf = new Map(outcomes.map((each) => [each.enrollment, each]));
  const claims = outcomes.flatMap((each) => {
    const study = studies.get(each.enrollment);
    const text = core.sealing.open(Buffer.from(each.stated), statedContext(each));
    return study === undefined ? [] : [{ study, claimed: each.kind, stated: Stated.parse(JSON.parse(text)) }];
  });
  const judged = judgeClaims(claims, around, { now, today, place });
  const acting = school && (await actingUnitOf(core, tx, school));
  const of = ({ study }: { study: { enrollment: string } }): Outcome[] =>
    [outcomeOf.get(study.enrollment)].filter((each) => each !== undefined);
  const through = judged.proceed.flatMap(({ student }) =>
    of(student).map((each): Outcome => {
      const facts = school && acting ? issuerFactsOf(school, each.kind, each.stage, acting) : undefined;
      const issuer = facts === undefined ? undefined : issuerOf(facts, today, place);
      return { ...each, state: 'REVIEWED', issuer: issuer?.code ?? null };
    }),
  );
  const held = judged.held.flatMap(({ student, findings }) =>
    of(student).map((each): Outcome => ({ ...each, state: 'HELD', findings })),
  );
  await beforeOrders(
    tx,
    through.map(({ issuer }) => issuer),
  );
  await updateOutcomes(tx, [...through, ...held]);
  const after = {
    ...decided(batch, by, now, reason),
    ...{ state: 'REVIEWED' as const, size: through.length, held: batch.held + held.length },
  };
  const told = through.map(({ person, enrollment, kind }) => ({ person, enrollment, outcome: kind }));
  const data = { ...batchFacts(batch), outcomes: told, held: after.held };
  await saveBatch(tx, now, batch, after, { kind: OutcomeReviewed, data });
};

/** The superior authority decides, by another person than the one who handled the batch: reviewed, or back to the school with a reason (CRT-07). */
export const decideOutcomes = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<BatchDone> => {
  const caller = authorize(actor, 'outcome.decide');
  const asked = parseInput(Deciding, input);
  const reason = asked.reason ?? null;
  const before = await look(core, caller, asked.batch);
  return onBatch({ core, caller, operation: 'decideOutcomes' }, asked, async (work) => {
    const { batch, today } = work;
    const place = lawPlaceOf(await core.directory.school(batch.school), batch.province);
    const hand = handOf(caller, 'DECIDES');
    const findings = judgeDeciding(turnOf(batch), { hand, decision: asked.decision, reason }, today, place);
    if (findings.length > 0) return findings;
    if (asked.decision === 'RETURN') await giveBack(work, caller, reason);
    else await approve(work, caller, before, reason);
    return [];
  });
};
