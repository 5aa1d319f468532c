import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { isUuid, Uuid } from '#libs/contracts/ids.ts';
import { shanghaiDate } from '#libs/law/dates.ts';
import { handOf } from '#libs/law/procedure/course.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { type Command, once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { queryOne } from '#libs/platform/database/query.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction, versionConflict } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { batchesWhere } from '../outcomes/batch-rows.ts';
import { lawPlaceOfUnit } from '../procedure/law-place.ts';
import { type CertificateFinding, nothingToIssue, orderNotHere } from '../procedure/own-finding.ts';
import { judgeDeciding } from '../procedure/two-persons.ts';
import { boundaryOf } from './boundary.ts';
import type { IssueOrder } from './issue-order.ts';
import { judgeOrdered } from './judge-issue.ts';
import { insertOrder, ordersWhere, updateOrder } from './order-rows.ts';

const Name = z.string().trim().min(1).max(60);

const Preparing = z.object({
  idempotencyKey: z.string().min(1).max(100),
  batch: Uuid.nullish(),
  handler: Name,
});

const Order = z.object({
  idempotencyKey: z.string().min(1).max(100),
  order: z.string().max(100),
  expectedVersion: z.int(),
});
const Deciding = Order.extend({
  decision: z.enum(['APPROVE', 'REFUSE']),
  responsible: Name,
  reason: z.string().trim().max(1000).nullish(),
});

export type OrderDone = { order: string | null; findings: CertificateFinding[] };

const waiting = `select count(*)::int as total from outcome
  where state = 'REVIEWED' and issuer = $1 and ($2::uuid is null or batch_id = $2)`;

/**
 * The registrar of an issuer prepares the issue of a reviewed batch, or of everything that was reviewed and is the unit's to issue
 * (CRT-01, CRT-03, CRT-06, CRT-08); somebody else of the unit decides (ACC-18).
 */
export const prepareIssue = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<OrderDone> => {
  const caller = authorize(actor, 'certificate.issue');
  const asked = parseInput(Preparing, input);
  const unit = await core.directory.workplaceOf(caller);
  if (unit === undefined) throw outOfJurisdiction();
  const now = core.clock.now();
  const { province } = await lawPlaceOfUnit(core, unit.code);
  const batch = asked.batch ?? null;
  const order = { operation: 'prepareIssue', caller: caller.subject, key: asked.idempotencyKey };
  return inScope(core.app, await core.directory.scopeOf(caller), (tx) =>
    once<OrderDone>(tx, { ...order, request: asked, at: now }, async () => {
      if (batch !== null) {
        const [about] = await batchesWhere(tx, 'batch_id = $1', [batch]);
        if (about === undefined) throw outOfJurisdiction();
        const against = await judgeOrdered(core, tx, about, unit.code);
        if (against.length > 0) return { order: null, findings: against };
      }
      const { total } = await queryOne<{ total: number }>(tx, waiting, [unit.code, batch]);
      if (total === 0) return { order: null, findings: [nothingToIssue] };
      const id = uuidv7();
      await insertOrder(tx, {
        ...{ id, issuer: unit.code, place: unit.lo, province, batch, state: 'PREPARED' },
        ...{ handler: asked.handler, responsible: null, preparedBy: caller.subject, preparedAt: now },
        ...{ decidedBy: null, decidedAt: null, total, issued: 0, skipped: 0, finishedAt: null },
        ...{ upto: 0, after: 0, attempts: 0, failure: null, version: 1, events: 0 },
      });
      return { order: id, findings: [] };
    }),
  );
};

const onOrder = async (
  { core, caller, operation }: Command,
  asked: z.infer<typeof Order>,
  act: (tx: Tx, order: IssueOrder, now: string) => Promise<CertificateFinding[]>,
): Promise<OrderDone> => {
  if (!isUuid(asked.order)) throw outOfJurisdiction();
  const now = core.clock.now();
  const request = { operation, caller: caller.subject, key: asked.idempotencyKey, request: asked, at: now };
  const unit = await core.directory.workplaceOf(caller);
  return inScope(core.app, await core.directory.scopeOf(caller), (tx) =>
    once<OrderDone>(tx, request, async () => {
      const [order] = await ordersWhere(tx, 'order_id = $1 for update', [asked.order]);
      if (order === undefined || order.issuer !== unit?.code) throw outOfJurisdiction();
      if (order.version !== asked.expectedVersion) throw versionConflict(order.version);
      const findings = await act(tx, order, now);
      return { order: findings.length === 0 ? order.id : null, findings };
    }),
  );
};

/**
 * The decision-maker of the issuer lets an order go, or refuses it; never who prepared it (ACC-18). What it is about is fixed in that
 * moment: what is reviewed later waits for the next one.
 */
export const decideIssue = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<OrderDone> => {
  const caller = authorize(actor, 'certificate.decide');
  const asked = parseInput(Deciding, input);
  return onOrder({ core, caller, operation: 'decideIssue' }, asked, async (tx, order, now) => {
    const turn = {
      ...{ unit: order.issuer, open: order.state === 'PREPARED', openedAt: order.preparedAt },
      ...{ dueOn: shanghaiDate(new Date(order.preparedAt)), handledBy: order.preparedBy },
    };
    const deciding = {
      hand: handOf(caller, 'DECIDES'),
      decision: asked.decision,
      reason: asked.reason ?? null,
    };
    const place = await lawPlaceOfUnit(core, order.issuer);
    const findings = judgeDeciding(turn, deciding, core.clock.today(), place);
    if (findings.length > 0) return findings;
    const state = asked.decision === 'APPROVE' ? 'RUNNING' : 'REFUSED';
    const decided = { responsible: asked.responsible, decidedBy: caller.subject, decidedAt: now };
    const upto = state === 'RUNNING' ? await boundaryOf(tx, order.issuer) : 0;
    const { total } = await queryOne<{ total: number }>(tx, waiting, [order.issuer, order.batch]);
    await updateOrder(tx, { ...order, ...decided, state, total, upto });
    return [];
  });
};

const turned = (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
  { from, to }: { from: readonly IssueOrder['state'][]; to: IssueOrder['state'] },
): Promise<OrderDone> => {
  const caller = authorize(actor, 'certificate.decide');
  const asked = parseInput(Order, input);
  return onOrder({ core, caller, operation: `turn issue ${to}` }, asked, async (tx, order) => {
    if (!from.includes(order.state)) return [orderNotHere];
    await updateOrder(tx, { ...order, state: to });
    return [];
  });
};

/** A running order stops after its chunk, and keeps how far it came. */
export const pauseIssue = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<OrderDone> =>
  turned(core, actor, input, { from: ['RUNNING'], to: 'PAUSED' });

/** An order that was paused, or stopped at a fault, goes on from where it stopped. */
export const continueIssue = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<OrderDone> =>
  turned(core, actor, input, { from: ['PAUSED', 'FAILED'], to: 'RUNNING' });
