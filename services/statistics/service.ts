import type { ServiceDefinition } from '#libs/platform/service/definition.ts';
import { startAccessWatch } from './alerts/watch.ts';
import { classProjection } from './classes/projection.ts';
import { exportRoute } from './export/export-route.ts';
import { flowProjection } from './flows/projection.ts';
import { incidentMeasures } from './incidents/incident-resolvers.ts';
import { startRecountWorker } from './incidents/recount-worker.ts';
import { startJobWorker } from './jobs/job-worker.ts';
import { statisticsSteps } from './migrations/steps.ts';
import { startPublisher } from './publication/publish.ts';
import { createResolvers } from './resolvers.ts';
import { stockProjection } from './stock/projection.ts';
import { tellChanges } from './stock/tell-changes.ts';
import { startSupervision, supervisionProjections } from './supervision.ts';
import { ticketProjection } from './tickets/projection.ts';
import { startIssueWorker } from './timeliness/issue.ts';
import { timelinessProjection } from './timeliness/projection.ts';

/** statistics: counts of what the other services tell, the published tables and the monthly report as they were issued, what becomes of complaints, and early warnings. */
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
        classProjection,
        ...supervisionProjections,
      ],
      loops: [
        ...[
          startIssueWorker(core),
          startRecountWorker(core),
          startAccessWatch(core),
          startPublisher(core),
          startJobWorker(core),
        ],
        ...startSupervision(core),
      ],
      routes: [exportRoute(core)],
      measures: incidentMeasures,
      stops: [changes.stop],
    };
  },
};
