import type { MikroORM } from '@mikro-orm/postgresql';
import { execute } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { Projection } from '#libs/platform/events/projection.ts';

/** Empties a projection and its checkpoints: the running inboxes, or `replay`, fill it again from the logs. */
export const reset = (orm: MikroORM, projection: Projection): Promise<void> =>
  asWorker(orm, async (tx) => {
    for (const table of projection.tables.toReversed()) await execute(tx, `delete from ${table}`);
    await execute(tx, 'delete from inbox_parked where consumer = $1', [projection.name]);
    await execute(tx, 'delete from inbox_checkpoint where consumer = $1', [projection.name]);
  });
