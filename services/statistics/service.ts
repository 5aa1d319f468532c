import type { ServiceDefinition } from '#libs/platform/service/definition.ts';
import { startAccessWatch } from './alerts/watch.ts';
import { flowProjection } from './flows/projection.ts';
import { statisticsSteps } from './migrations/steps.ts';
import { createResolvers } from './resolvers.ts';
import { stockProjection } from './stock/projection.ts';
import { tellChanges } from './stock/tell-changes.ts';
import { startSupervision, supervisionProjections } from './supervision.ts';
import { ticketProjection } from './tickets/projection.ts';
import { startIssueWorker } from './timeliness/issue.ts';
import { timelinessProjection } from './timeliness/projection.ts';

/** statistics: counts of what the other services tell, the monthly report as it was issued, what becomes of complaints, and early warnings. */
export const statisticsService: ServiceDefinition = {
  name: 'statistics',
  schema: new URL('./schema.graphql', import.meta.url),
  entities: [],
  schemaSteps: statisticsSteps,
  start: async (core) => {
    const changes = tellChanges(core);
    return {
      resolvers: createResolvers(core),
      contextOf: (base) => base,
      projections: [
        ...[
          { ...stockProjection, applied: changes.applied },
          flowProjection,
          timelinessProjection,
          ticketProjection,
        ],
        ...supervisionProjections,
      ],
      loops: [startIssueWorker(core), startAccessWatch(core), ...startSupervision(core)],
      stops: [changes.stop],
    };
  },
};
