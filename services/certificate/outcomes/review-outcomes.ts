import { z } from 'zod';
import { OutcomeReturned, OutcomeReviewed } from '#libs/contracts/events/certificate.ts';
import { isUuid } from '#libs/contracts/ids.ts';
import { issuerOf } from '#libs/law/certificate/issuer.ts';
import { handOf } from '#libs/law/procedure/course.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { type Command, once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction, versionConflict } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { issuerFactsOf } from '../issue/issuer-facts.ts';
import { lawPlaceOf } from '../procedure/law-place.ts';
import type { CertificateFinding } from '../procedure/own-finding.ts';
import { judgeDeciding, judgeHandling, type Turn } from '../procedure/two-persons.ts';
import { studiesWhere } from '../studies/study-rows.ts';
import type { OutcomeBatch } from './batch.ts';
import { batchesWhere } from './batch-rows.ts';
import { judgeClaims, type Surroundings, surroundingsOf } from './judge-outcomes.ts';
import { type Outcome, Stated, statedContext } from './outcome.ts';
import { outcomesWhere, updateOutcomes } from './outcome-rows.ts';
import { batchFacts, saveBatch } from './save-batch.ts';

const Order = z.object({
  idempotencyKey: z.string().min(1).max(100),
  batch: z.string().max(100),
  expectedVersion: z.int(),
});
const Handling = Order.extend({ opinion: z.string().trim().max(1000).nullish() });
const Deciding = Order.extend({
  decision: z.enum(['APPROVE', 'RETURN']),
  reason: z.string().trim().max(1000).nullish(),
});

export type BatchDone = { batch: string | null; findings: CertificateFinding[] };

type Work = { core: ServiceCore; tx: Tx; batch: OutcomeBatch; now: string; today: string };

/** What of a batch a transaction cannot ask for while it is open: looked up before. */
type Before = { batch: OutcomeBatch; around: Surroundings };

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
  return { batch, around: await surroundingsOf(core, place, seniors) };
};

const onBatch = async (
  { core, caller, operation }: Command,
  order: z.infer<typeof Order>,
  act: (work: Work) => Promise<CertificateFinding[]>,
): Promise<BatchDone> => {
  const [now, today] = [core.clock.now(), core.clock.today()];
  const asked = { operation, caller: caller.subject, key: order.idempotencyKey, request: order, at: now };
  const done = await inScope(core.app, await core.directory.scopeOf(caller), (tx) =>
    once<BatchDone>(tx, asked, async () => {
      const [batch] = await batchesWhere(tx, 'batch_id = $1 for update', [order.batch]);
      if (batch === undefined) throw outOfJurisdiction();
      if (batch.version !== order.expectedVersion) throw versionConflict(batch.version);
      const findings = await act({ core, tx, batch, now, today });
      return { batch: findings.length === 0 ? batch.id : null, findings };
    }),
  );
  core.wakeRelay();
  return done;
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

const giveBack = async ({ tx, batch, now }: Work, by: Actor, reason: string | null): Promise<void> => {
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
  { core, tx, batch, now, today }: Work,
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
  const of = ({ study }: { study: { enrollment: string } }): Outcome[] =>
    [outcomeOf.get(study.enrollment)].filter((each) => each !== undefined);
  const through = judged.proceed.flatMap(({ student }) =>
    of(student).map((each): Outcome => {
      const facts = school === undefined ? undefined : issuerFactsOf(school, each.kind, each.stage);
      const issuer = facts === undefined ? undefined : issuerOf(facts, today, place);
      return { ...each, state: 'REVIEWED', issuer: issuer?.code ?? null };
    }),
  );
  const held = judged.held.flatMap(({ student, findings }) =>
    of(student).map((each): Outcome => ({ ...each, state: 'HELD', findings })),
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
