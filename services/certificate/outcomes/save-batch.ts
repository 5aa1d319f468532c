import type { DataOf, EventKind } from '#libs/contracts/envelope.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import type { OutcomeBatch } from './batch.ts';
import { insertBatch, updateBatch } from './batch-rows.ts';

/** What every event says of a batch. */
export const batchFacts = ({ id, school, place, province, authority }: OutcomeBatch) => ({
  batch: id,
  ...{ school, place, province, authority },
});

type Told<Kind extends EventKind> = { kind: Kind; data: DataOf<Kind> };

/** Writes a batch as it has become, and tells of it where something is to be told. */
export const saveBatch = async <Kind extends EventKind>(
  tx: Tx,
  at: string,
  before: OutcomeBatch | null,
  after: OutcomeBatch,
  told: Told<Kind> | null,
): Promise<OutcomeBatch> => {
  const events = (before?.events ?? 0) + (told === null ? 0 : 1);
  const batch = { ...after, version: (before?.version ?? 0) + 1, events };
  await (before === null ? insertBatch(tx, batch) : updateBatch(tx, batch));
  if (told !== null)
    await recordEvents(tx, at, [recorded(told.kind, `outcome-batch:${batch.id}`, events, told.data)]);
  return batch;
};
