import type { ServiceDefinition } from '#libs/platform/service/definition.ts';
import { until } from '#libs/platform/service/loop.ts';
import { createArchiveReads } from './archives/archive-reads.ts';
import { archiveClocks } from './clocks.ts';
import { settleClosures } from './closure/settle-closures.ts';
import type { Context } from './context.ts';
import { recordLateNext } from './custody/late-hand-overs.ts';
import { oweCalledNext } from './custody/owe-called.ts';
import { followsAcceptance } from './following/follow-acceptance.ts';
import { followsCertificates } from './following/follow-certificates.ts';
import { followsInformation } from './following/follow-information.ts';
import { followsRegistrations } from './following/follow-registrations.ts';
import { followsSchools } from './following/follow-schools.ts';
import { followsTransfers } from './following/follow-transfers.ts';
import { recordLapsesNext } from './lapses/record-lapses.ts';
import { archiveSteps } from './migrations/steps.ts';
import { answersPaperAccess } from './paper-files/answer-access.ts';
import { createResolvers } from './resolvers.ts';
import { sealedColumns } from './sealed-columns.ts';
import { answersMeasures } from './standing/answer-measures.ts';
import { answersStanding } from './standing/answer-standing.ts';

import { followsLives } from './timeline/follow-lives.ts';
import { createLifeReads } from './timeline/life-reads.ts';

/** archive: the file of every student, what lies in it, and who keeps it at every moment. */
export const archiveService: ServiceDefinition<Context> = {
  name: 'archive',
  schema: new URL('./schema.graphql', import.meta.url),
  entities: [],
  schemaSteps: archiveSteps,
  sealed: sealedColumns,
  reading: 'archive.read',
  start: async (core) => ({
    resolvers: createResolvers(core),
    contextOf: (base) => ({
      ...base,
      archives: createArchiveReads(base.read),
      lives: createLifeReads(core),
    }),
    clocks: archiveClocks,
    projections: [
      followsRegistrations(core),
      followsTransfers(core),
      followsInformation(core),
      followsSchools(core),
      followsLives,
      followsAcceptance,
      followsCertificates(core),
    ],
    stops: [await answersStanding(core), await answersPaperAccess(core), await answersMeasures(core)],
    loops: [
      until({ name: 'archive clocks', log: core.log, idle: 1_000, step: () => recordLateNext(core) }),
      until({ name: 'archive lapses', log: core.log, idle: 5_000, step: () => recordLapsesNext(core) }),
      until({ name: 'archives called for', log: core.log, idle: 1_000, step: () => oweCalledNext(core) }),
      until({ name: 'archive closures', log: core.log, idle: 1_000, step: () => settleClosures(core) }),
    ],
  }),
};
