import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { DeferralApplied } from '#libs/contracts/events/entry.ts';
import { UnitCode } from '#libs/contracts/ids.ts';
import type { WorkingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { decisionDue } from '#libs/law/enrollment/decision-due.ts';
import { judgeDeferral } from '#libs/law/enrollment/deferral.ts';
import { type Finding, finding, type LawPlace } from '#libs/law/finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { badInput } from '#libs/platform/errors/errors.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { calendarOf } from '../calendar-of.ts';
import { Child } from '../dropout/child.ts';
import { lawPlaceOfCounty, termsOf } from '../law-place.ts';
import { childKeysOf } from './child-keys.ts';
import { type Deferral, deferralContext, deferralData, insertDeferral } from './deferral-rows.ts';

/** What a guardian says of the child, and why it is to enter later. */
export const DeferredChild = Child.extend({ grounds: z.string().trim().min(1).max(1000) });
export type DeferredChild = z.infer<typeof DeferredChild>;

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  /** The county that is asked. */
  county: UnitCode,
  /** The county of the child's household. */
  householdCounty: UnitCode,
  schoolYear: z.int().min(2000).max(2100),
  child: DeferredChild,
});
type Input = z.infer<typeof Input>;

export type Applied = { deferral: string | null; findings: Finding[] };

const already = (on: string, place: LawPlace): Finding =>
  finding('ENR-67', {
    code: 'DEFERRAL_ALREADY_APPLIED',
    outcome: 'REJECT',
    message: '该儿童本学年已申请或已批准缓学。',
    messageEn: 'A deferral for this child and school year waits or was granted.',
    path: ['child'],
    remedy: '请查看已有申请的办理结果。',
    ownerLevel: 'GUARDIAN',
    on,
    place,
  });

const noSuchCounty = () =>
  badInput([
    {
      path: ['county'],
      code: 'COUNTY_UNKNOWN',
      message: '县级教育行政部门代码不在现行区划之内。 The code names no county.',
    },
  ]);

const applicationOf = (
  core: ServiceCore,
  caller: Actor,
  asked: Input,
  where: { place: number; province: string; lawPlace: LawPlace },
  calendar: WorkingDayCalendar,
): Deferral => {
  const id = uuidv7();
  const at = core.clock.now();
  const due = decisionDue(new Date(at), where.lawPlace, calendar);
  return {
    id,
    ...{ place: where.place, county: asked.county, province: where.province },
    ...{ householdCounty: asked.householdCounty, schoolYear: asked.schoolYear },
    ...childKeysOf(core.sealing, asked.child),
    sealed: core.sealing.seal(JSON.stringify(asked.child), deferralContext(id)),
    state: 'APPLIED',
    ...{ appliedBy: caller.subject, appliedOn: core.clock.today(), appliedAt: at },
    ...{ dueOn: due.dueDate, provisional: due.provisional, dueCalendar: due.calendarVersion },
    ...{ decidedBy: null, decidedAt: null, reason: null, endedOn: null, version: 1 },
  };
};

/**
 * A guardian asks the county of the household to let a child enter later (ENR-11, ENR-12). Whether the child is
 * registered somewhere is not told here: nobody learns of a child by asking for a deferral (PRV-15).
 */
export const requestDeferral = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Applied> => {
  const caller = authorize(actor, 'deferral.apply');
  const asked = parseInput(Input, input);
  const lawPlace = await lawPlaceOfCounty(core, asked.county);
  const unit = await core.directory.unit(asked.county);
  if (lawPlace === undefined || unit === undefined) throw noSuchCounty();
  const at = core.clock.now();
  const today = core.clock.today();
  const calendar = await calendarOf(core);
  const request = core.sealing.hash('order', JSON.stringify(asked)).toString('hex');
  const applied = await asWorker(core.worker, (tx) =>
    once<Applied>(
      tx,
      { operation: 'requestDeferral', caller: caller.subject, key: asked.idempotencyKey, request, at },
      async () => {
        const { schoolYear, householdCounty } = asked;
        const terms = await termsOf(core, lawPlace);
        const findings = judgeDeferral(
          { schoolYear, householdCounty, terms, decided: false },
          today,
          lawPlace,
        );
        if (findings.some(({ outcome }) => outcome === 'REJECT')) return { deferral: null, findings };
        const where = { place: unit.lo, province: unit.province, lawPlace };
        const made = applicationOf(core, caller, asked, where, calendar);
        if (!(await insertDeferral(tx, made)))
          return { deferral: null, findings: [...findings, already(today, lawPlace)] };
        const event = recorded(DeferralApplied, `deferral:${made.id}`, 1, deferralData(made));
        await recordEvents(tx, at, [event]);
        return { deferral: made.id, findings };
      },
    ),
  );
  core.wakeRelay();
  return applied;
};
