import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import type { DocumentNode, GraphQLError, GraphQLSchema } from 'graphql';
import type { Actor } from '#libs/platform/actor/actor.ts';
import type { Guards } from '../authorization/guards.ts';
import { type Pruned, prune } from '../authorization/prune.ts';
import { restore } from '../authorization/restore.ts';
import { type Rights, rightsOf } from '../authorization/rights.ts';
import { codedError } from '../coded-error.ts';
import type { GatewayContext } from '../context.ts';
import type { Execute } from '../executor/executor.ts';
import type { Answer, Operation, Sources } from '../executor/plan.ts';
import type { ExecutorKind, Graph } from './graph.ts';

type Gateway = ApolloServerOptionsWithGateway<GatewayContext>['gateway'];
type Listener = Parameters<Gateway['onSchemaLoadOrUpdate']>[0];

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
 * Plans and fetches only what the caller has a right to, from these subgraphs. What was refused comes back as
 * null with UNAUTHORIZED_FIELD_OR_TYPE; nobody signed in and nothing left is UNAUTHENTICATED.
 */
export class GuardedGateway implements Gateway {
  readonly #graph: Graph;
  readonly #guards: Guards;
  readonly #sources: Sources;
  readonly #run: Execute;
  readonly #listeners = new Set<Listener>();
  readonly #nobody: Rights;
  readonly #rights = new WeakMap<Actor, Rights>();
  readonly #variants = new WeakMap<DocumentNode, Map<string, Pruned>>();

  constructor(graph: Graph, sources: Sources, executor: ExecutorKind) {
    this.#graph = graph;
    this.#run = graph.execute[executor];
    this.#guards = graph.guards;
    this.#nobody = rightsOf(graph.guards, null);
    this.#sources = sources;
  }

  onSchemaLoadOrUpdate(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async load(): Promise<{ executor: (operation: Operation) => Promise<Answer> }> {
    const { schema: apiSchema, supergraph: coreSupergraphSdl } = this.#graph;
    for (const listener of this.#listeners) listener({ apiSchema, coreSupergraphSdl });
    return { executor: (operation) => this.execute(operation) };
  }

  async stop(): Promise<void> {
    this.#listeners.clear();
  }

  /**
   * Runs an operation whose document is valid, in the name of its context's caller. `takesBytes`: nothing but the text of the
   * answer is wanted.
   */
  async execute(operation: Operation, takesBytes = false): Promise<Answer> {
    const execute = (allowed: Operation) => this.#run(allowed, this.#sources);
    const { actor } = operation.context as unknown as GatewayContext;
    const rights = this.#rightsOf(actor);
    const pruned = this.#variant(operation, rights);
    if (!pruned?.refused) return complete(await this.#run(operation, this.#sources, takesBytes));
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

  /** Callers keep their actor for as long as their token is remembered, and with it their rights. */
  #rightsOf(actor: Actor | null): Rights {
    if (actor === null) return this.#nobody;
    const rights = this.#rights.get(actor) ?? rightsOf(this.#guards, actor);
    this.#rights.set(actor, rights);
    return rights;
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
