import type { ServiceDefinition } from '#libs/platform/service/definition.ts';
import { statisticsSteps } from './migrations/steps.ts';
import { createResolvers } from './resolvers.ts';
import { stockProjection } from './stock/projection.ts';

/** statistics: a read model only; counts of what the other services tell. */
export const statisticsService: ServiceDefinition = {
  name: 'statistics',
  schema: new URL('./schema.graphql', import.meta.url),
  entities: [],
  schemaSteps: statisticsSteps,
  start: async (core) => ({
    resolvers: createResolvers(core),
    contextOf: (base) => base,
    projections: [stockProjection],
  }),
};
