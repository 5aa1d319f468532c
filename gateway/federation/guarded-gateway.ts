import {
  ApolloGateway,
  type GatewayConfig as ApolloGatewayConfig,
  type GraphQLDataSource,
} from '@apollo/gateway';
import { type DocumentNode, type GraphQLError, type GraphQLSchema, isScalarType } from 'graphql';
import type { Log } from '#libs/platform/log/log.ts';
import { sharedScalars } from '#libs/platform/subgraph/scalars.ts';
import type { Guards } from '../authorization/guards.ts';
import { type Pruned, prune } from '../authorization/prune.ts';
import { restore } from '../authorization/restore.ts';
import { type Rights, rightsOf } from '../authorization/rights.ts';
import { codedError } from '../coded-error.ts';
import type { GatewayContext } from '../context.ts';

type Load = Awaited<ReturnType<ApolloGateway['load']>>;
type Executor = Load['executor'];
type Operation = Parameters<Executor>[0];
type Answer = Awaited<ReturnType<Executor>>;

/** So many sets of rights are kept for one document before they are forgotten. */
const mostVariants = 100;

const unauthenticated = (): Answer => ({
  data: null,
  errors: [
    codedError(
      'UNAUTHENTICATED',
      '请先登录。 Sign in first.',
      {},
      { status: 401, headers: { 'www-authenticate': 'Bearer' } },
    ),
  ],
});

/**
 * Apollo Gateway that plans and fetches only what the caller has a right to. What was refused comes back as
 * null with UNAUTHORIZED_FIELD_OR_TYPE; nobody signed in and nothing left is UNAUTHENTICATED.
 */
export class GuardedGateway extends ApolloGateway {
  readonly #guards: Guards;
  readonly #variants = new WeakMap<DocumentNode, Map<string, Pruned>>();

  constructor(config: ApolloGatewayConfig, guards: Guards) {
    super(config);
    this.#guards = guards;
  }

  /** A gateway over a static supergraph, whose purposes of @link are taken out; it reports to nobody. */
  static over(
    supergraphSdl: string,
    guards: Guards,
    subgraphs: ReadonlyMap<string, GraphQLDataSource>,
    logger: Log,
  ): GuardedGateway {
    process.env.APOLLO_TELEMETRY_DISABLED = '1';
    const sourceOf = (name: string): GraphQLDataSource => {
      const source = subgraphs.get(name);
      if (!source) throw new Error(`no address for subgraph ${name}`);
      return source;
    };
    const config = {
      supergraphSdl,
      buildService: ({ name }: { name: string }) => sourceOf(name),
      __exposeQueryPlanExperimental: false,
      debug: false,
      logger,
    };
    return new GuardedGateway(config, guards);
  }

  /** The schema that callers see, once loaded. */
  schemaInUse(): GraphQLSchema {
    if (!this.schema) throw new Error('the gateway is not loaded');
    return this.schema;
  }

  override async load(options?: Parameters<ApolloGateway['load']>[0]): Promise<Load> {
    const { schema, executor } = await super.load(options);
    if (schema) checkSharedScalars(schema);
    return { schema, executor: (operation) => this.#execute(operation, executor) };
  }

  async #execute(operation: Operation, execute: Executor): Promise<Answer> {
    const { actor } = operation.context as unknown as GatewayContext;
    const rights = rightsOf(this.#guards, actor);
    const pruned = this.#variant(operation, rights);
    if (!pruned?.refused) return complete(await execute(operation));
    if (!pruned.allowed && actor === null) return unauthenticated();
    const answer: Answer = pruned.allowed
      ? complete(
          await execute({ ...operation, document: pruned.allowed.document, queryHash: pruned.allowed.hash }),
        )
      : { data: {} };
    if (!answer.data) return answer;
    const { variables } = operation.request;
    const restored = restore(operation.schema, this.#guards, rights, pruned, variables ?? {}, answer.data);
    const errors = [...(answer.errors ?? []), ...restored.errors];
    return { ...answer, data: restored.data, errors: errors.length > 0 ? errors : undefined };
  }

  #variant({ document, request, schema }: Operation, rights: Rights): Pruned | undefined {
    const key = `${request.operationName ?? ''} ${rights.key}`;
    let variants = this.#variants.get(document);
    if (!variants || variants.size >= mostVariants) {
      variants = new Map();
      this.#variants.set(document, variants);
    }
    const known = variants.get(key);
    if (known) return known;
    const pruned = prune(schema as GraphQLSchema, this.#guards, rights, document, request.operationName);
    if (pruned) variants.set(key, pruned);
    return pruned;
  }
}

/**
 * A subgraph that left out what the schema promises, without an error of its own, has made a fault: Apollo
 * Gateway tells it in an extension, callers get it as an error.
 */
const complete = ({ extensions, errors, ...answer }: Answer): Answer => {
  const { valueCompletion, ...others } = extensions ?? {};
  const faults = Array.isArray(valueCompletion) ? (valueCompletion as GraphQLError[]) : [];
  const all = [...(errors ?? []), ...faults];
  return {
    ...answer,
    ...(all.length > 0 ? { errors: all } : {}),
    ...(Object.keys(others).length > 0 ? { extensions: others } : {}),
  };
};

/** Values of the shared scalars are checked here already, so that a wrong one is the caller's error. */
const checkSharedScalars = (schema: GraphQLSchema): void => {
  for (const [name, { parseValue, parseLiteral }] of Object.entries(sharedScalars)) {
    const type = schema.getType(name);
    if (isScalarType(type)) Object.assign(type, { parseValue, parseLiteral });
  }
};
