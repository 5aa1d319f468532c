import { readFile } from 'node:fs/promises';
import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import { buildASTSchema, type GraphQLSchema, isScalarType, parse } from 'graphql';
import type { Log } from '#libs/platform/log/log.ts';
import { sharedScalars } from '#libs/platform/subgraph/scalars.ts';
import { type Guards, readGuards } from '../authorization/guards.ts';
import { subgraphNames, withoutSecurityPurpose } from '../compose.ts';

type Executor = Awaited<ReturnType<ApolloGateway['load']>>['executor'];
export type Operation = Parameters<Executor>[0];
export type Answer = Awaited<ReturnType<Executor>>;

/** Where the parts of an operation are fetched, by the name of the subgraph. */
export type Sources = ReadonlyMap<string, GraphQLDataSource>;

/**
 * What follows from a supergraph alone: its schema, its guards and the plans of operations, but no address. It takes
 * a good part of a second to make, and any number of gateways of one process may stand before it.
 */
export type Graph = {
  /** The supergraph as the planner took it. */
  readonly supergraph: string;
  /** Names of its subgraphs. */
  readonly names: readonly string[];
  readonly guards: Guards;
  /** What callers see. */
  readonly schema: GraphQLSchema;
  /** Plans an operation, or knows its plan, and fetches its parts from these sources. */
  execute(operation: Operation, sources: Sources): Promise<Answer>;
};

type Fetching = { sources: Sources };

/** One subgraph of whichever gateway the operation came through. */
const sourceOf = (name: string): GraphQLDataSource => ({
  process: (options) => {
    const source = (options.context as Fetching).sources.get(name);
    if (!source) throw new Error(`no address for subgraph ${name}`);
    return source.process(options);
  },
});

/** The supergraph of this project, as it was composed. */
export const readSupergraph = (): Promise<string> =>
  readFile(new URL('../supergraph.graphql', import.meta.url), 'utf8');

/** Makes ready what a supergraph says; its purposes of @link are taken out. Reports to nobody. */
export const loadGraph = async (supergraphSdl: string, logger: Log): Promise<Graph> => {
  process.env.APOLLO_TELEMETRY_DISABLED = '1';
  const supergraph = withoutSecurityPurpose(supergraphSdl);
  const planner = new ApolloGateway({
    supergraphSdl: supergraph,
    buildService: ({ name }) => sourceOf(name),
    __exposeQueryPlanExperimental: false,
    debug: false,
    logger,
  });
  const { schema, executor } = await planner.load();
  if (!schema) throw new Error('the supergraph has no schema');
  checkSharedScalars(schema);
  return {
    supergraph,
    names: subgraphNames(supergraph),
    guards: readGuards(buildASTSchema(parse(supergraph), { assumeValidSDL: true })),
    schema,
    execute: (operation, sources) =>
      executor({ ...operation, context: { ...operation.context, sources } satisfies Fetching }),
  };
};

/** Values of the shared scalars are checked here already, so that a wrong one is the caller's error. */
const checkSharedScalars = (schema: GraphQLSchema): void => {
  for (const [name, { parseValue, parseLiteral }] of Object.entries(sharedScalars)) {
    const type = schema.getType(name);
    if (isScalarType(type)) Object.assign(type, { parseValue, parseLiteral });
  }
};
