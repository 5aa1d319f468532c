import type { GraphQLSchema } from 'graphql';
import { errorsOf } from './errors.ts';
import { merge } from './merge.ts';
import type { Data, FetchNode, IncomingKind, ResponsePath, Run, SourceAnswer, Step } from './plan.ts';
import { type Represent, representation } from './representations.ts';
import { type Change, rewriting } from './rewrites.ts';
import { traced } from './spans.ts';

/** What a fetch asks for, and the objects that its answer completes. */
type Asked = { variables: Data; objects: readonly Data[] };

/** How a fetch goes about it; nothing is asked where no object has what is required. */
type Way = {
  ask(run: Run, objects: readonly Data[]): Asked | undefined;
  take(received: Data, objects: readonly Data[]): void;
};

/** Apollo's word for it; its enum is not exported. */
const incoming = 'incoming operation' as IncomingKind;

const isThere = (value: unknown): boolean => value !== null && value !== undefined;

const sending = (fetch: FetchNode, path: ResponsePath) => {
  const told = { kind: incoming, document: fetch.operationDocumentNode, pathInIncomingRequest: path };
  return ({ sources, request, taking }: Run, variables: Data): Promise<SourceAnswer> => {
    const source = sources.get(fetch.serviceName);
    if (!source) throw new Error(`no address for subgraph ${fetch.serviceName}`);
    return source.process({
      ...told,
      request: { query: fetch.operation, variables, operationName: fetch.operationName },
      incomingRequestContext: request,
      context: request.context,
      taking,
    });
  };
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
const ofRoot = (used: (run: Run) => Data, after: Change | undefined): Way => ({
  ask: (run, objects) => ({ variables: used(run), objects }),
  take: (received, objects) => {
    after?.(received);
    for (const object of objects) merge(object, received);
  },
});

/** A fetch that completes objects by what is required of them; objects that lack it stay as they are. */
const ofEntities = (
  used: (run: Run) => Data,
  represent: Represent,
  before?: Change,
  after?: Change,
): Way => ({
  ask: (run, objects) => {
    const representations: Data[] = [];
    const represented: Data[] = [];
    for (const object of objects) {
      const one = represent(object);
      if (!one?.__typename) continue;
      before?.(one);
      representations.push(one);
      represented.push(object);
    }
    if (representations.length === 0) return undefined;
    return { variables: { ...used(run), representations }, objects: represented };
  },
  take: ({ _entities: entities }, objects) => {
    if (!Array.isArray(entities) || entities.length !== objects.length) {
      throw new Error('a subgraph answered with another number of entities');
    }
    for (const [index, object] of objects.entries()) {
      const entity = entities[index];
      if (entity && !entity.__typename) entity.__typename = object.__typename;
      after?.(entity);
      merge(object, entity);
    }
  },
});

/** One fetch of a plan, at its path in the answer. What fails here is an error beside the data of all others. */
export const fetching = (schema: GraphQLSchema, fetch: FetchNode, path: ResponsePath): Step => {
  const facts = { service: fetch.serviceName };
  const send = sending(fetch, path);
  const used = variablesOf(fetch.variableUsages);
  const before = rewriting(schema, fetch.inputRewrites);
  const after = rewriting(schema, fetch.outputRewrites);
  const { ask, take } = fetch.requires
    ? ofEntities(used, representation(schema, fetch.requires), before, after)
    : ofRoot(used, after);
  return async (run, data) => {
    const { fetched, errors } = run;
    try {
      const asked = ask(run, (Array.isArray(data) ? data.filter(isThere) : [data]) as Data[]);
      if (!asked || asked.objects.length === 0) return;
      const answer = await traced('gateway.fetch', facts, () => send(run, asked.variables));
      if (answer.bytes) run.bytes = answer.bytes;
      if (answer.errors) errors.push(...errorsOf(answer.errors, fetch, path, fetched));
      if (answer.data) take(answer.data, asked.objects);
    } catch (error) {
      errors.push(error);
    }
  };
};
