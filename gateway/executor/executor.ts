import type { DocumentNode } from 'graphql';
import type { Log } from '#libs/platform/log/log.ts';
import { type Compiled, compile, type Schemas } from './compile.ts';
import type { Answer, Operation, QueryPlan, Sources } from './plan.ts';
import { NotCompiled } from './selections.ts';
import { tracedAnswer } from './spans.ts';

/**
 * Fetches the parts of an operation from these sources. `takesBytes`: the answer may be one that a subgraph wrote, or one of
 * ByteText.
 */
export type Execute = (operation: Operation, sources: Sources, takesBytes?: boolean) => Promise<Answer>;

export type ExecutorParts = {
  schemas: Schemas;
  /** The planner's plan of an operation, with nothing sent; undefined where its variables do not fit. */
  plan(operation: Operation): Promise<QueryPlan | undefined>;
  /** Runs what is not compiled. */
  stock: Execute;
  log: Log;
};

export type Executor = {
  execute: Execute;
  /** Plans and compiles an operation under the hash of its document, for whenever it is asked; false where it does not fit. */
  prepare(operation: Operation): Promise<boolean>;
};

type Known = Compiled | 'stock';

/**
 * Runs operations as the stock executor of Apollo Gateway does, by the same plans, with every document compiled once.
 * What is not compiled goes to the stock executor, which is decided before anything is sent. The compiled documents
 * live as long as their document objects and this executor: one executor belongs to one schema.
 */
export const createExecutor = ({ schemas, plan, stock, log }: ExecutorParts): Executor => {
  const known = new WeakMap<DocumentNode, Map<string, Known>>();
  const prepared = new Map<string, Known>();
  const pending = new WeakMap<DocumentNode, Map<string, Promise<Known>>>();

  const learn = async (operation: Operation): Promise<Known> => {
    const { document, request } = operation;
    const found = prepared.get(hashOf(operation)) ?? (await planned(operation));
    if (found) at(known, document).set(request.operationName ?? '', found);
    return found ?? 'stock';
  };

  const planned = async (operation: Operation): Promise<Known | undefined> => {
    const found = await plan(operation);
    return found && compiledOr(operation, found);
  };

  const compiledOr = ({ document, request, queryHash }: Operation, found: QueryPlan): Known => {
    try {
      return compile(schemas, document, request.operationName, found);
    } catch (error) {
      if (!(error instanceof NotCompiled)) throw error;
      log.info({ document: queryHash, reason: error.message }, 'a document is left to the stock executor');
      return 'stock';
    }
  };

  /** Callers that come while a document is being planned wait for the one plan. */
  const learnOnce = async (operation: Operation): Promise<Known> => {
    const waiting = at(pending, operation.document);
    const name = operation.request.operationName ?? '';
    const learning = waiting.get(name) ?? learn(operation).finally(() => waiting.delete(name));
    waiting.set(name, learning);
    return learning;
  };

  const execute: Execute = async (operation, sources, takesBytes = false) => {
    const { document, request } = operation;
    const found = known.get(document)?.get(request.operationName ?? '') ?? (await learnOnce(operation));
    if (found === 'stock' || !found.takes(request.variables ?? {})) return stock(operation, sources);
    return tracedAnswer(() => found.execute(operation, sources, takesBytes));
  };

  const prepare = async (operation: Operation): Promise<boolean> => {
    const found = await planned(operation);
    if (found) prepared.set(hashOf(operation), found);
    return found !== undefined;
  };

  return { execute, prepare };
};

const hashOf = ({ queryHash, request }: Operation): string => `${queryHash} ${request.operationName ?? ''}`;

const at = <V>(maps: WeakMap<DocumentNode, Map<string, V>>, document: DocumentNode): Map<string, V> => {
  const map = maps.get(document) ?? new Map<string, V>();
  maps.set(document, map);
  return map;
};
