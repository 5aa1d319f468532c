import { connectDatabase } from '#libs/platform/database/orm.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { enrollmentEntities } from '#services/enrollment/entities.ts';
import { beforeAll, movePupils } from '#services/enrollment/succession/move-pupils.ts';
import type { Passage } from '#services/enrollment/succession/passage.ts';
import { moveOn } from '#services/enrollment/succession/worker.ts';
import { tellAndWait } from '#test/service/enrollment/own-process.ts';

export type MovingOrder = { url: string; at: string; passage: Passage };

/** Moves a first batch of a school; then a second one, and stands still before it is committed. */
const move = async ({ url, at, passage }: MovingOrder): Promise<void> => {
  const worker = await connectDatabase({ url, entities: enrollmentEntities, poolSize: 1 });
  const moment = { at, promotions: [] };
  const reached = await moveOn({ worker }, passage, moment, beforeAll);
  await tellAndWait({ reached });
  await asWorker(worker, async (tx) => {
    const last = await movePupils(tx, passage, moment, reached ?? beforeAll);
    await tellAndWait({ reached: last });
  });
};

await move(JSON.parse(process.argv[2] ?? ''));
