import { z } from 'zod';
import {
  AlertOutcome,
  SecurityAlertAcknowledged,
  SecurityAlertSettled,
} from '#libs/contracts/events/security.ts';
import { Uuid } from '#libs/contracts/ids.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { badInput, outOfJurisdiction, versionConflict } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type Alert, alertById, saveMove } from './alert-rows.ts';

const Acknowledging = z.object({
  idempotencyKey: z.string().min(1).max(100),
  alert: Uuid,
  expectedVersion: z.int().min(1),
});
/** Words about an account, in which no number of a pupil or document stands. */
const Note = z
  .string()
  .trim()
  .min(1)
  .max(1000)
  .refine((words) => !/\p{Nd}{11}/u.test(words), {
    message: '请勿填写证件号、学籍号等号码。 Leave numbers of persons out.',
  });
const Settling = Acknowledging.extend({ outcome: AlertOutcome, note: Note });

const wrongState = () =>
  badInput([
    {
      path: ['alert'],
      code: 'WRONG_STATE',
      message: '该预警的状态不允许此操作。 The alert does not stand where this can be done.',
    },
  ]);

type Way = { core: ServiceCore; caller: Actor; operation: string };
type Next = {
  next: Alert;
  kind: typeof SecurityAlertAcknowledged | typeof SecurityAlertSettled;
  more?: object;
};

/** Moves one alert on, once for each key. It is for those above the account's own unit: nobody looks into one's own (ours). */
const move = async (
  { core, caller, operation }: Way,
  order: z.infer<typeof Acknowledging>,
  decide: (alert: Alert, unit: string, at: string) => Next,
): Promise<string> => {
  const own = await core.directory.workplaceOf(caller);
  if (own === undefined) throw outOfJurisdiction();
  const at = core.clock.now();
  const scope = { lo: own.lo, hi: own.hi, persons: [] };
  await inScope(core.app, scope, (tx) =>
    once<object>(
      tx,
      { operation, caller: caller.subject, key: order.idempotencyKey, request: order, at },
      async () => {
        const alert = await alertById(tx, order.alert, true);
        const isAbove = alert !== undefined && (alert.workplace !== own.code || caller.level === 'MINISTRY');
        if (!isAbove || alert.account === caller.subject) throw outOfJurisdiction();
        if (alert.version !== order.expectedVersion) throw versionConflict(alert.version);
        const { next, kind, more } = decide(alert, own.code, at);
        await saveMove(tx, at, { ...next, version: alert.version + 1 }, kind, more);
        return {};
      },
    ),
  );
  core.wakeRelay();
  return order.alert;
};

/** An authority above the account's unit takes an early warning up (PRV-08). */
export const acknowledgeAlert = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<string> => {
  const caller = authorize(actor, 'alert.settle');
  const order = parseInput(Acknowledging, input);
  return move({ core, caller, operation: 'acknowledgeSecurityAlert' }, order, (alert, _, at) => {
    if (alert.state !== 'OPEN') throw wrongState();
    const taken = { acknowledgedBy: caller.subject, acknowledgedAt: at };
    return { next: { ...alert, ...taken, state: 'ACKNOWLEDGED' }, kind: SecurityAlertAcknowledged };
  });
};

/** It says what the warning came to; a breach of the data rules leads to a correction order against the unit (PRV-09). */
export const settleAlert = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<string> => {
  const caller = authorize(actor, 'alert.settle');
  const order = parseInput(Settling, input);
  const { outcome, note } = order;
  return move({ core, caller, operation: 'settleSecurityAlert' }, order, (alert, unit, at) => {
    if (alert.state === 'SETTLED') throw wrongState();
    const settled = { outcome, note, settledBy: caller.subject, settledUnit: unit, settledAt: at };
    return {
      next: { ...alert, ...settled, state: 'SETTLED' },
      kind: SecurityAlertSettled,
      more: { outcome, settledBy: unit },
    };
  });
};
