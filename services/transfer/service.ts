import type { ServiceDefinition } from '#libs/platform/service/definition.ts';
import { createApplicationReads } from './applications/application-reads.ts';
import { followsRegistration } from './attending/follow-registration.ts';
import { createCaseReads } from './cases/case-reads.ts';
import { transferClocks } from './clocks.ts';
import type { Context } from './context.ts';
import { purgedByGraduation } from './graduation/purge-graduated.ts';
import { transferSteps } from './migrations/steps.ts';
import { createResolvers } from './resolvers.ts';
import { sealedColumns } from './sealed-columns.ts';
import { followsSource } from './succession/follow-source.ts';
import { followsBackup } from './workers/follow-backup.ts';
import { startClockWorker, startHandOverWorker } from './workers/worker.ts';

/** transfer: cases between two schools, from the receiving school's draft until the registration has moved. */
export const transferService: ServiceDefinition<Context> = {
  name: 'transfer',
  schema: new URL('./schema.graphql', import.meta.url),
  entities: [],
  schemaSteps: transferSteps,
  sealed: sealedColumns,
  // Whoever leads a class follows no family's search for another school: the short list of persons is the guardian's here.
  reading: 'transfer.read',
  start: async (core) => {
    const handOver = startHandOverWorker(core);
    return {
      resolvers: createResolvers(core, handOver.wake),
      contextOf: (base) => ({
        ...base,
        cases: createCaseReads(base.read, core),
        applications: createApplicationReads(base.read),
      }),
      clocks: transferClocks,
      projections: [
        ...[purgedByGraduation(core), followsSource(core), followsRegistration(core)],
        followsBackup(handOver.wake),
      ],
      loops: [handOver, startClockWorker(core)],
    };
  },
};
