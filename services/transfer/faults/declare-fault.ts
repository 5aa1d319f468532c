import { z } from 'zod';
import { SystemFaultDeclared, SystemFaultEnded } from '#libs/contracts/events/system-fault.ts';
import { Instant } from '#libs/contracts/ids.ts';
import { addYears, shanghaiDate } from '#libs/law/dates.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { type Command, once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { CaseFinding } from '../cases/own-finding.ts';
import type { Fault } from './fault.ts';
import {
  faultBeginsWrong,
  faultCoversDecision,
  faultElsewhere,
  faultEnded,
  faultEndsWrong,
  faultKnown,
  faultLongAgo,
  faultUnknown,
} from './fault-findings.ts';
import { faultByReference, insertFault, isDecidedAfter, updateFaultEnd } from './fault-rows.ts';

export type FaultOutcome = { fault: Fault | null; findings: readonly CaseFinding[] };

const Key = z.object({
  idempotencyKey: z.string().min(1).max(100),
  reference: z.string().trim().min(1).max(60),
});
const Declaring = Key.extend({
  place: z.string().regex(/^\d{6}$/),
  from: Instant,
  description: z.string().trim().min(1).max(500),
});
const Ending = Key.extend({ at: Instant });

const refused = (finding: CaseFinding): FaultOutcome => ({ fault: null, findings: [finding] });

/** Runs an order about a fault once for each key; faults are nobody's rows, the caller's jurisdiction is checked before. */
const onFaults = async (
  { core, caller, operation }: Command,
  asked: z.infer<typeof Key>,
  act: (tx: Tx, own: { lo: number; hi: number }, now: string) => Promise<FaultOutcome>,
): Promise<FaultOutcome> => {
  const own = await core.directory.workplaceOf(caller);
  if (own === undefined) throw outOfJurisdiction();
  const at = core.clock.now();
  const order = { operation, caller: caller.subject, key: asked.idempotencyKey, request: asked, at };
  const outcome = await asWorker(core.worker, (tx) => once<FaultOutcome>(tx, order, () => act(tx, own, at)));
  core.wakeRelay();
  return outcome;
};

const within = (own: { lo: number; hi: number }, range: { lo: number; hi: number }): boolean =>
  own.lo <= range.lo && range.hi <= own.hi;

const facts = ({ reference, unit, beganAt }: Fault) => ({ reference, unit, beganAt });

/**
 * Ministry or province declares a fault of the system or of the data transmission, for itself or a unit under it: from then
 * on transfers may be handled outside first there, on the family's wish (TRF-24).
 */
export const declareFault = (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<FaultOutcome> => {
  const caller = authorize(actor, 'fault.declare');
  const asked = parseInput(Declaring, input);
  return onFaults({ core, caller, operation: 'declareFault' }, asked, async (tx, own, now) => {
    const range = await core.directory.rangeOf(asked.place);
    if (range === undefined || !within(own, range)) return refused(faultElsewhere);
    if (Date.parse(asked.from) > Date.parse(now)) return refused(faultBeginsWrong);
    if (shanghaiDate(new Date(asked.from)) < addYears(core.clock.today(), -1)) return refused(faultLongAgo);
    const fault: Fault = {
      ...{ reference: asked.reference, unit: asked.place, ...range, beganAt: asked.from },
      ...{ description: asked.description, declaredBy: caller.subject, declaredAt: now },
      ...{ endedAt: null, version: 1 },
    };
    if (!(await insertFault(tx, fault))) return refused(faultKnown);
    await recordEvents(tx, now, [recorded(SystemFaultDeclared, `fault:${fault.reference}`, 1, facts(fault))]);
    return { fault, findings: [] };
  });
};

/** The fault is over: what was handled outside is entered within ten working days from here (TRF-24). */
export const endFault = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<FaultOutcome> => {
  const caller = authorize(actor, 'fault.declare');
  const asked = parseInput(Ending, input);
  return onFaults({ core, caller, operation: 'endFault' }, asked, async (tx, own, now) => {
    const fault = await faultByReference(tx, asked.reference, 'LOCK');
    if (fault === undefined || !within(own, fault)) return refused(faultUnknown);
    if (fault.endedAt !== null) return refused(faultEnded);
    const [ended, began] = [Date.parse(asked.at), Date.parse(fault.beganAt)];
    if (ended > Date.parse(now) || ended < began) return refused(faultEndsWrong);
    const endsOn = shanghaiDate(new Date(ended));
    if (await isDecidedAfter(tx, fault, endsOn)) return refused(faultCoversDecision);
    const over = { ...fault, endedAt: new Date(ended).toISOString(), version: fault.version + 1 };
    await updateFaultEnd(tx, over, caller.subject);
    await recordEvents(tx, now, [
      recorded(SystemFaultEnded, `fault:${fault.reference}`, over.version, {
        ...facts(fault),
        endedAt: over.endedAt,
      }),
    ]);
    return { fault: over, findings: [] };
  });
};
