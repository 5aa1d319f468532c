import type { GraphQLSchema } from 'graphql';
import { errorsOf } from './errors.ts';
import { merge } from './merge.ts';
import type { Data, FetchNode, IncomingKind, ResponsePath, Run, Step } from './plan.ts';
import { type Represent, representation } from './representations.ts';
import { type Change, rewriting } from './rewrites.ts';
import { traced } from './spans.ts';

/** Sends the fetch with these variables; the errors of the answer go to the run. */
type Send = (run: Run, variables: Data) => Promise<unknown>;

/** Apollo's word for it; its enum is not exported. */
const incoming = 'incoming operation' as IncomingKind;

const isThere = (value: unknown): boolean => value !== null && value !== undefined;

const sending =
  (fetch: FetchNode, path: ResponsePath): Send =>
  async ({ sources, request, fetched, errors }, variables) => {
    const source = sources.get(fetch.serviceName);
    if (!source) throw new Error(`no address for subgraph ${fetch.serviceName}`);
    const answer = await source.process({
      kind: incoming,
      request: { query: fetch.operation, variables, operationName: fetch.operationName },
      incomingRequestContext: request,
      context: request.context,
      document: fetch.operationDocumentNode,
      pathInIncomingRequest: path,
    });
    if (answer.errors) errors.push(...errorsOf(answer.errors, fetch, path, fetched));
    return answer.data;
  };

const variablesOf =
  (names: readonly string[] = []) =>
  ({ variables }: Run): Data => {
    const used: Data = {};
    for (const name of names) {
      if (Object.hasOwn(variables, name) && variables[name] !== undefined) used[name] = variables[name];
    }
    return used;
  };

/** A fetch of root fields: the answer goes into all objects that it starts from. */
const rootFetch =
  (send: Send, used: (run: Run) => Data, after: Change | undefined) =>
  async (run: Run, objects: readonly unknown[]): Promise<void> => {
    const received = await send(run, used(run));
    if (received) after?.(received);
    for (const object of objects) merge(object as Data, received);
  };

/** A fetch that completes objects by what is required of them; objects that lack it stay as they are. */
const entityFetch =
  (send: Send, used: (run: Run) => Data, represent: Represent, before?: Change, after?: Change) =>
  async (run: Run, objects: readonly unknown[]): Promise<void> => {
    const representations: Data[] = [];
    const represented: Data[] = [];
    for (const object of objects) {
      const one = represent(object);
      if (!one?.__typename) continue;
      before?.(one);
      representations.push(one);
      represented.push(object as Data);
    }
    if (representations.length === 0) return;
    const received = await send(run, { ...used(run), representations });
    if (!received) return;
    const entities = (received as Data)._entities;
    if (!Array.isArray(entities) || entities.length !== represented.length) {
      throw new Error('a subgraph answered with another number of entities');
    }
    for (const [index, object] of represented.entries()) {
      const entity = entities[index];
      if (entity && !entity.__typename) entity.__typename = object.__typename;
      after?.(entity);
      merge(object, entity);
    }
  };

/** One fetch of a plan, at its path in the answer. What fails here is an error beside the data of all others. */
export const fetching = (schema: GraphQLSchema, fetch: FetchNode, path: ResponsePath): Step => {
  const facts = { service: fetch.serviceName };
  const send = sending(fetch, path);
  const used = variablesOf(fetch.variableUsages);
  const before = rewriting(schema, fetch.inputRewrites);
  const after = rewriting(schema, fetch.outputRewrites);
  const work = fetch.requires
    ? entityFetch(send, used, representation(schema, fetch.requires), before, after)
    : rootFetch(send, used, after);
  return async (run, data) => {
    const objects = Array.isArray(data) ? data.filter(isThere) : [data];
    if (objects.length === 0) return;
    try {
      await traced('gateway.fetch', facts, () => work(run, objects));
    } catch (error) {
      run.errors.push(error);
    }
  };
};
