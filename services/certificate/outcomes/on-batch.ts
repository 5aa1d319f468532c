import { z } from 'zod';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { type Command, once } from '#libs/platform/commands/idempotency.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction, versionConflict } from '#libs/platform/errors/errors.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type CertificateFinding, isRefused } from '../procedure/own-finding.ts';
import type { OutcomeBatch } from './batch.ts';
import { batchesWhere } from './batch-rows.ts';

/** What every order about a batch says. */
export const BatchOrder = z.object({
  idempotencyKey: z.string().min(1).max(100),
  batch: z.string().max(100),
  expectedVersion: z.int(),
});

/** Which batch changed, or why none did. */
export type BatchDone = { batch: string | null; findings: CertificateFinding[] };

/** A batch with its lock. */
export type BatchWork = {
  core: ServiceCore;
  tx: Tx;
  caller: Actor;
  batch: OutcomeBatch;
  now: string;
  today: string;
};

/** Runs one order on a batch once for each key; the order writes what it changes and answers what stands against it. */
export const onBatch = async (
  { core, caller, operation }: Command,
  order: z.infer<typeof BatchOrder>,
  act: (work: BatchWork) => Promise<CertificateFinding[]>,
): Promise<BatchDone> => {
  const [now, today] = [core.clock.now(), core.clock.today()];
  const asked = { operation, caller: caller.subject, key: order.idempotencyKey, request: order, at: now };
  const done = await inScope(core.app, await core.directory.scopeOf(caller), (tx) =>
    once<BatchDone>(tx, asked, async () => {
      const [batch] = await batchesWhere(tx, 'batch_id = $1 for update', [order.batch]);
      if (batch === undefined) throw outOfJurisdiction();
      if (batch.version !== order.expectedVersion) throw versionConflict(batch.version);
      const findings = await act({ core, tx, caller, batch, now, today });
      return { batch: isRefused(findings) ? null : batch.id, findings };
    }),
  );
  core.wakeRelay();
  return done;
};
