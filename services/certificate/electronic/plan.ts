import { z } from 'zod';
import { ECertificatePlanSet } from '#libs/contracts/events/electronic-certificate.ts';
import { Day } from '#libs/contracts/ids.ts';
import { Stage } from '#libs/contracts/vocabulary.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query, queryOne } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

/** From which day on a province gives electronic certificates for a stage; null: the plan was taken back. */
export type Plan = { province: string; stage: Stage; startsOn: string | null };

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  stage: Stage,
  startsOn: Day.nullish(),
});

/** What a province has planned, by stage. */
export const plansOf = (tx: Tx, province: string): Promise<Plan[]> =>
  query<Plan>(
    tx,
    `select province, stage, starts_on::text as "startsOn" from electronic_plan where province = $1 order by stage`,
    [province],
  );

/** True where the plan of the province has started for the stage (CRT-09). */
export const hasStarted = (plans: readonly Plan[], stage: Stage, today: string): boolean =>
  plans.some((plan) => plan.stage === stage && plan.startsOn !== null && plan.startsOn <= today);

/**
 * A province sets from which day on electronic certificates are given for a stage, or takes that back; what was issued
 * keeps its force (CRT-09).
 */
export const setPlan = async (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Plan> => {
  const caller = authorize(actor, 'certificate.plan');
  const asked = parseInput(Input, input);
  const workplace = await core.directory.workplaceOf(caller);
  if (workplace === undefined) throw outOfJurisdiction();
  const { idempotencyKey: key, stage, startsOn = null } = asked;
  const plan: Plan = { province: workplace.code, stage, startsOn };
  const now = core.clock.now();
  const order = {
    operation: 'setElectronicCertificatePlan',
    caller: caller.subject,
    key,
    request: asked,
    at: now,
  };
  const done = await asWorker(core.worker, (tx) =>
    once<Plan>(tx, order, async () => {
      const { version } = await queryOne<{ version: number }>(
        tx,
        `insert into electronic_plan as p (province, stage, starts_on, set_by, version) values ($1, $2, $3, $4, 1)
         on conflict (province, stage) do update set starts_on = excluded.starts_on, set_by = excluded.set_by,
           version = p.version + 1 returning version`,
        [plan.province, stage, startsOn, caller.subject],
      );
      const aggregate = `electronic-plan:${plan.province}:${stage}`;
      await recordEvents(tx, now, [recorded(ECertificatePlanSet, aggregate, version, plan)]);
      return plan;
    }),
  );
  core.wakeRelay();
  return done;
};
