import type { GraphQLError, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { codedError } from '../coded-error.ts';
import type { GatewayConfig } from '../config.ts';
import type { GatewayMetrics } from '../metrics.ts';
import type { Asked } from '../operation/asked.ts';
import { type Cost, compileCost } from './compile.ts';
import type { Weights } from './weights.ts';

type Settings = Pick<GatewayConfig, 'MAX_COST' | 'ASSUMED_LIST_SIZE'>;

const tooExpensive = (found: number, most: number): GraphQLError =>
  codedError(
    'COST_ESTIMATED_TOO_EXPENSIVE',
    `查询预计开销为${found}，超过上限${most}；请减少每页条数或字段。 The operation is estimated at ${found}, beyond ${most}: ask for smaller pages or fewer fields.`,
    { limit: { name: 'cost', most, found } },
    { status: 400 },
  );

/** The error of an operation whose estimate is beyond the limit, before anything is fetched; undefined within it. */
export type CostLimit = (asked: Asked) => GraphQLError | undefined;

/** Estimates operations, of which each is compiled once. */
export const createCostLimit = (
  { MAX_COST: most, ASSUMED_LIST_SIZE: assumedSize }: Settings,
  schema: GraphQLSchema,
  weights: Weights,
  metrics: GatewayMetrics,
): CostLimit => {
  const compiled = new WeakMap<OperationDefinitionNode, Cost>();
  const costOf = ({ document, operation }: Asked): Cost => {
    const cost =
      compiled.get(operation) ?? compileCost({ schema, weights, assumedSize }, document, operation);
    compiled.set(operation, cost);
    return cost;
  };
  return (asked) => {
    const cost = costOf(asked)(asked.variables);
    metrics.cost.observe({ operation: asked.operation.operation }, cost);
    return cost > most ? tooExpensive(cost, most) : undefined;
  };
};
