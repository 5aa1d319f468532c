import type { Finding } from '#libs/law/finding.ts';
import type { Step } from '#libs/law/procedure/course.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { type Command, once } from '#libs/platform/commands/idempotency.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction, versionConflict } from '#libs/platform/errors/errors.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type HeldPerson, holdPerson } from '../../person/held-person.ts';
import { readOwnId } from '../../person/own-id.ts';
import { mustReadHealth } from '../health.ts';
import { isRefused } from '../judge.ts';
import { type Whereabouts, whereaboutsOf } from '../turns.ts';
import { lockUpdate } from '../update-reads.ts';
import type { UpdateRecord } from '../update-record.ts';
import type { Moved } from './submit.ts';

/** What every order about a change names. */
export type Order = { idempotencyKey: string; update: string; expectedVersion: number };

/** A change with its lock, the child with its own, and everything around them. */
export type Work = { tx: Tx; caller: Actor; record: UpdateRecord; held: HeldPerson; where: Whereabouts };

/** A change that the caller's scope covers, in the version that was seen; throws otherwise. */
export const workOn = async (core: ServiceCore, tx: Tx, caller: Actor, order: Order): Promise<Work> => {
  const key = readOwnId(order.update);
  const scope = await core.directory.scopeOf(caller);
  const held = await holdPerson(tx, core.sealing, scope, key.person);
  const record = held && (await lockUpdate(tx, core.sealing, key.person, key.id));
  if (held === undefined || record === undefined) throw outOfJurisdiction();
  mustReadHealth(Object.keys(record.items), caller);
  if (record.version !== order.expectedVersion) throw versionConflict(record.version);
  return { tx, caller, record, held, where: await whereaboutsOf(core, held) };
};

/** Runs one action on a change that the caller's scope covers, once for each key. */
export const onUpdate = async (
  { core, caller, operation }: Command,
  order: Order,
  act: (work: Work) => Promise<Finding[]>,
): Promise<Moved> => {
  const at = core.clock.now();
  const request = core.sealing.hash('order', JSON.stringify(order)).toString('hex');
  const moved = await asWorker(core.worker, (tx) =>
    once<Moved>(
      tx,
      { operation, caller: caller.subject, key: order.idempotencyKey, request, at },
      async () => {
        const findings = await act(await workOn(core, tx, caller, order));
        return { update: isRefused(findings) ? null : readOwnId(order.update), findings };
      },
    ),
  );
  core.wakeRelay();
  return moved;
};

/** The current step changed, everything else as it was. */
export const withCurrent = (record: UpdateRecord, change: Partial<Step>): UpdateRecord => ({
  ...record,
  version: record.version + 1,
  steps: record.steps.map((step, at) => (at === record.steps.length - 1 ? { ...step, ...change } : step)),
});
