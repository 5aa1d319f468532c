import { readFile } from 'node:fs/promises';
import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import { buildASTSchema, type GraphQLSchema, isScalarType, parse } from 'graphql';
import type { Log } from '#libs/platform/log/log.ts';
import { sharedScalars } from '#libs/platform/subgraph/scalars.ts';
import { type Guards, noGuards, readGuards } from '../authorization/guards.ts';
import { type Caching, noCaching, readCaching } from '../cache/cacheable.ts';
import { subgraphNames, subgraphUrls, withoutSecurityPurpose } from '../compose.ts';
import { readWeights, type Weights } from '../cost/weights.ts';
import { createExecutor, type Execute } from '../executor/executor.ts';
import type { Answer, Operation, QueryPlan, Sources } from '../executor/plan.ts';

/** Who puts an answer together: documents compiled here, or Apollo Gateway's own executor. */
export type ExecutorKind = 'compiled' | 'stock';

/**
 * What follows from a supergraph alone: its schema, its guards and the plans of operations, but no address. It takes
 * a good part of a second to make, and any number of gateways of one process may stand before it.
 */
export type Graph = {
  /** The supergraph as the planner took it. */
  readonly supergraph: string;
  /** Names of its subgraphs. */
  readonly names: readonly string[];
  /** Addresses that it gives them itself. */
  readonly urls: Readonly<Record<string, string>>;
  readonly guards: Guards;
  /** What it says of cost. */
  readonly weights: Weights;
  /** What it says of answers that may be kept. */
  readonly caching: Caching;
  /** What callers see. */
  readonly schema: GraphQLSchema;
  /** Plans an operation, or knows its plan, and fetches its parts; both executors go by the same plans. */
  readonly execute: Readonly<Record<ExecutorKind, Execute>>;
  /** Plans and compiles an operation ahead of time; false where it does not fit. Needs its request, document and hash. */
  prepare(operation: Operation): Promise<boolean>;
};

/** `planned` is told the plan; then nothing is sent, and the answer says nothing. */
type Fetching = { sources: Sources; planned?: (plan: QueryPlan) => void };

/** One subgraph of whichever gateway the operation came through. */
const sourceOf = (name: string): GraphQLDataSource => ({
  process: async (options) => {
    const { sources, planned } = options.context as Fetching;
    if (planned) return { data: null };
    const source = sources.get(name);
    if (!source) throw new Error(`no address for subgraph ${name}`);
    return source.process(options);
  },
});

const committed = new URL('../supergraph.graphql', import.meta.url);

/** The supergraph in a file; of this project, as it was composed, where none is named. */
export const readSupergraph = (file?: string): Promise<string> => readFile(file ?? committed, 'utf8');

/** How a supergraph is taken that is not this project's. */
export type Foreign = {
  /** Whether its @authenticated, @requiresScopes and @policy are kept. */
  isGuarded: boolean;
};

/**
 * Makes ready what a supergraph says; its purposes of @link are taken out. Reports to nobody. The scalars of a foreign
 * one are its own: their values go through as they are; and nobody here hears of changes of what it answers.
 */
export const loadGraph = async (supergraphSdl: string, logger: Log, foreign?: Foreign): Promise<Graph> => {
  process.env.APOLLO_TELEMETRY_DISABLED = '1';
  const supergraph = withoutSecurityPurpose(supergraphSdl);
  const planner = new ApolloGateway({
    supergraphSdl: supergraph,
    buildService: ({ name }) => sourceOf(name),
    experimental_didResolveQueryPlan: ({ queryPlan, requestContext }) =>
      (requestContext.context as Fetching).planned?.(queryPlan),
    __exposeQueryPlanExperimental: false,
    debug: false,
    logger,
  });
  const { schema, executor } = await planner.load();
  if (!schema) throw new Error('the supergraph has no schema');
  if (!foreign) checkSharedScalars(schema);
  const types = buildASTSchema(parse(supergraph), { assumeValidSDL: true });
  const guards = foreign?.isGuarded === false ? noGuards : readGuards(types);
  const run = (operation: Operation, fetching: Fetching): Promise<Answer> =>
    executor({ ...operation, context: { ...operation.context, ...fetching } });
  const stock: Execute = (operation, sources) => run(operation, { sources });
  const plan = async (operation: Operation): Promise<QueryPlan | undefined> => {
    let found: QueryPlan | undefined;
    const planned = (one: QueryPlan): void => {
      found = one;
    };
    try {
      await run(operation, { sources: new Map(), planned });
    } catch (error) {
      // Once there is a plan, what becomes of the nothing that was answered to it does not matter.
      if (!found) throw error;
    }
    return found;
  };
  const compiled = createExecutor({ schemas: { api: schema, supergraph: types }, plan, stock, log: logger });
  return {
    supergraph,
    names: subgraphNames(supergraph),
    urls: subgraphUrls(supergraph),
    guards,
    caching: foreign ? noCaching : readCaching(types, guards),
    weights: readWeights(supergraph, types),
    schema,
    execute: { stock, compiled: compiled.execute },
    prepare: (operation) => compiled.prepare({ ...operation, schema, logger, metrics: {} } as Operation),
  };
};

/** Values of the shared scalars are checked here already, so that a wrong one is the caller's error. */
const checkSharedScalars = (schema: GraphQLSchema): void => {
  for (const [name, { parseValue, parseLiteral }] of Object.entries(sharedScalars)) {
    const type = schema.getType(name);
    if (isScalarType(type)) Object.assign(type, { parseValue, parseLiteral });
  }
};
