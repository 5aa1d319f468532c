import type { GraphQLResolverMap } from '@apollo/subgraph';
import type { RequestContext } from '#libs/platform/service/context.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { enrollmentStatistics } from './enrollment-statistics.ts';
import { createPublication } from './published-statistics.ts';
import type { Arguments } from './table/question.ts';

export const createResolvers = (core: ServiceCore): GraphQLResolverMap<RequestContext> => {
  const published = createPublication(core);
  return {
    Query: {
      enrollmentStatistics: (_: unknown, asked: Arguments, context: RequestContext) =>
        enrollmentStatistics(core, context.actor, asked),
      publishedStatistics: () => published(),
    },
  };
};
