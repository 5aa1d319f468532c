import { z } from 'zod';
import { LateStepPolicySet } from '#libs/contracts/events/late-step.ts';
import { isStopped, type OwnFinding } from '#libs/law/own-finding.ts';
import { judgeLatePolicy } from '#libs/law/ticket/late-policy.ts';
import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker, inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction, versionConflict } from '#libs/platform/errors/errors.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { lawPlaceOf, workplaceBy } from '../standing/places.ts';
import { type LatePolicy, noPolicy, PolicyClock, policiesWhere, savePolicy } from './policy.ts';

const Setting = z.object({
  idempotencyKey: z.string().min(1).max(100),
  expectedVersion: z.int().min(0),
  clocks: z.array(PolicyClock.omit({ since: true })).max(20),
});

/** What became of an order about a policy. */
export type PolicySet = { province: string | null; findings: readonly OwnFinding[] };

/**
 * The head of the administrative department of a province sets which late steps open tickets, after how many working days of delay,
 * and at which level; no clock: none does. A clock that stays goes on as it was, a new one is for days that have yet to pass.
 */
export const setLateStepPolicy = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<PolicySet> => {
  const caller = authorize(actor, 'ticket.policy');
  const { idempotencyKey: key, ...asked } = parseInput(Setting, input);
  const province = unitOf(caller);
  const range = await core.directory.rangeOf(province);
  if (range === undefined) throw outOfJurisdiction();
  const [now, today] = [core.clock.now(), core.clock.today()];
  const facts = { department: caller.department ?? null, clocks: asked.clocks };
  const findings = judgeLatePolicy(facts, today, await lawPlaceOf(core, province));
  const command = { operation: 'setLateStepPolicy', caller: caller.subject, key, request: asked, at: now };
  const done = await asWorker(core.worker, (tx) =>
    once<PolicySet>(tx, command, async () => {
      await query(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [`late steps ${province}`]);
      const [before = noPolicy(province)] = await policiesWhere(tx, 'province = $1', [province]);
      if (before.version !== asked.expectedVersion) throw versionConflict(before.version);
      if (isStopped(findings)) return { province: null, findings };
      const since = (clock: string) => before.clocks.find((each) => each.clock === clock)?.since ?? today;
      const clocks = asked.clocks.map((each) => ({ ...each, since: since(each.clock) }));
      const version = before.version + 1;
      await savePolicy(tx, { province, clocks, version, setAt: now }, { ...range, by: caller.subject });
      await recordEvents(tx, now, [
        recorded(LateStepPolicySet, `late-policy:${province}`, version, { province, clocks }),
      ]);
      return { province, findings };
    }),
  );
  core.wakeRelay();
  return done;
};

/**
 * What a province has set, for everybody who works in it and above it; the own province where none is named. OUT_OF_JURISDICTION for
 * any other.
 */
export const readLateStepPolicy = async (
  core: ServiceCore,
  actor: Actor | null,
  asked: string | null | undefined,
): Promise<LatePolicy> => {
  const caller = authorize(actor, 'ticket.read');
  if (caller.level === 'NONE') throw outOfJurisdiction();
  const own = await workplaceBy(core, unitOf(caller));
  const unit = await core.directory.unit(asked ?? own?.province ?? '');
  const range = unit?.level === 'PROVINCE' ? await core.directory.rangeOf(unit.code) : undefined;
  const scope = await core.directory.scopeOf(caller);
  if (range === undefined || range.lo > scope.hi || range.hi < scope.lo || unit === undefined)
    throw outOfJurisdiction();
  const [found] = await inScope(core.app, scope, (tx) => policiesWhere(tx, 'province = $1', [unit.code]));
  return found ?? noPolicy(unit.code);
};
