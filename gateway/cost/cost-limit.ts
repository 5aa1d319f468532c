import type { ApolloServerPlugin } from '@apollo/server';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { codedError } from '../coded-error.ts';
import type { GatewayConfig } from '../config.ts';
import type { GatewayContext } from '../context.ts';
import type { GatewayMetrics } from '../metrics.ts';
import { type Cost, compileCost } from './compile.ts';
import type { Weights } from './weights.ts';

type Settings = Pick<GatewayConfig, 'MAX_COST' | 'ASSUMED_LIST_SIZE'>;

const tooExpensive = (found: number, most: number) =>
  codedError(
    'COST_ESTIMATED_TOO_EXPENSIVE',
    `查询预计开销为${found}，超过上限${most}；请减少每页条数或字段。 The operation is estimated at ${found}, beyond ${most}: ask for smaller pages or fewer fields.`,
    { limit: { name: 'cost', most, found } },
    { status: 400 },
  );

/** Refuses, before anything is fetched, an operation whose estimate is beyond the limit; each document is compiled once. */
export const costLimit = (
  settings: Settings,
  weights: Weights,
  metrics: GatewayMetrics,
): ApolloServerPlugin<GatewayContext> => {
  const compiled = new WeakMap<OperationDefinitionNode, Cost>();
  const costOf = (
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
  ): Cost => {
    const known = compiled.get(operation);
    if (known) return known;
    const cost = compileCost(
      { schema, weights, assumedSize: settings.ASSUMED_LIST_SIZE },
      document,
      operation,
    );
    compiled.set(operation, cost);
    return cost;
  };
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ schema, document, operation, request }) => {
        if (!operation) return;
        const cost = costOf(schema, document, operation)(request.variables ?? {});
        metrics.cost.observe({ operation: operation.operation }, cost);
        if (cost > settings.MAX_COST) throw tooExpensive(cost, settings.MAX_COST);
      },
    }),
  };
};
