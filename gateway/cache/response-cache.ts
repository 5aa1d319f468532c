import { hash } from 'node:crypto';
import { type DocumentNode, type GraphQLSchema, Kind, type OperationDefinitionNode } from 'graphql';
import { scopeKeyOf } from '../authorization/scope-key.ts';
import type { GatewayContext } from '../context.ts';
import { bytesOf } from '../executor/byte-text.ts';
import type { Ending } from '../http/time.ts';
import { isLong } from '../http/written.ts';
import type { Asked } from '../operation/asked.ts';
import type { Finished } from '../operation/finished.ts';
import type { Admissions } from './admissions.ts';
import type { Caching } from './cacheable.ts';
import type { Freshness } from './freshness.ts';
import { InFlight } from './in-flight.ts';
import { type Recipe, recipeOf } from './recipe.ts';
import type { Kept, Store, Ticket } from './store.ts';

/** How an answer came about: kept, fetched by another who asked the same, fetched and perhaps kept, or not to be kept. */
export type CacheOutcome = 'hit' | 'joined' | 'miss' | 'none';

/** Runs the operation itself, until the signal goes off. Does not throw. */
export type Fetch = (signal: Ending) => Promise<Finished>;

/** What stands before the running of operations, and what a gateway without a cache has in its place. */
export type ResponseCache = {
  answer(asked: Asked, context: GatewayContext, fetch: Fetch): Promise<Finished>;
  /** An operation was run: a mutation, perhaps, of which its caller wants to see the effect. */
  ran(operation: OperationDefinitionNode | undefined): void;
};

type Parts = {
  /** Number of the graph: answers of another one are not its own. */
  graph: number;
  schema: GraphQLSchema;
  caching: Caching;
  store: Store;
  freshness: Pick<Freshness, 'isWatched'>;
  admissions: Admissions;
  /** Time for a fetch that is shared, in milliseconds. */
  timeout: number;
  counted(outcome: CacheOutcome): void;
  now?: () => number;
};

/** What one caller asks for: under which key it is kept, and by what it is dropped. */
type Question = { recipe: Recipe; key: string; asked: Asked; context: GatewayContext };

/** Longer keys are hashed, so that they take no room worth counting. */
const longestKey = 300;

const plain = { status: 200, headers: new Map<string, string>(), errors: [] };

/** The text by itself: bytes that were read from a socket lie in more memory than is theirs. */
const own = ({ text, isByteText }: Finished): string | Buffer => {
  if (typeof text !== 'string') return Buffer.from(text);
  if (isByteText) return bytesOf(text);
  return isLong(text) ? Buffer.from(text) : text;
};

/** Nothing failed, nothing was refused, and all of it is there. */
const isWhole = ({ status, errors }: Finished): boolean => status === 200 && errors.length === 0;

export const createResponseCache = (parts: Parts): ResponseCache => {
  const { store, freshness, admissions, counted, now = () => performance.now() } = parts;
  const flights = new InFlight<Finished>(parts.timeout);
  const recipes = new WeakMap<DocumentNode, Map<string, Recipe | undefined>>();

  const knownRecipe = ({ document, operationName = '' }: Asked): Recipe | undefined => {
    const known = recipes.get(document) ?? new Map<string, Recipe | undefined>();
    recipes.set(document, known);
    if (!known.has(operationName)) {
      known.set(
        operationName,
        recipeOf(parts.schema, parts.caching.fields, document, operationName || undefined),
      );
    }
    return known.get(operationName);
  };

  const questionOf = (asked: Asked, context: GatewayContext): Question | undefined => {
    const recipe = knownRecipe(asked);
    if (!recipe || context.forwarded['x-grant'] !== undefined) return undefined;
    if (!freshness.isWatched(recipe.topics)) return undefined;
    const { id, operationName = '', variables } = asked;
    const values = recipe.variables.map((name) => (variables[name] === undefined ? [] : [variables[name]]));
    const said = `${parts.graph} ${id} ${operationName} ${scopeKeyOf(context, 'impersonal')} ${JSON.stringify(values)}`;
    const key = said.length > longestKey ? hash('sha256', said, 'base64url') : said;
    return { recipe, key, asked, context };
  };

  const shown = (answer: Finished, cache: CacheOutcome, age?: number): Finished => {
    counted(cache);
    const headers = new Map(answer.headers).set('x-cache', cache);
    if (age !== undefined) headers.set('age', String(Math.floor(age / 1_000)));
    return { ...answer, headers, cache };
  };

  const hit = ({ text, fetchedAt }: Kept): Finished => shown({ ...plain, text }, 'hit', now() - fetchedAt);

  /** Fetches in the caller's own name; what comes back whole is kept, and lets the caller in. */
  const fetching =
    ({ recipe, key, context }: Question, tags: readonly string[], ticket: Ticket, fetch: Fetch): Fetch =>
    async (signal) => {
      const answer = await fetch(signal);
      if (!isWhole(answer)) return answer;
      admissions.admit(context.actor, ticket.at);
      store.write(key, own(answer), tags, ticket, recipe.seconds * 1_000);
      return answer;
    };

  const ask = async (question: Question, fetch: Fetch): Promise<Finished> => {
    const { key, recipe, asked, context } = question;
    const { actor, signal } = context;
    const isAdmitted = admissions.has(actor);
    const kept = isAdmitted ? store.read(key) : undefined;
    if (kept) return hit(kept);
    const tags = recipe.tags(actor, asked.variables);
    const underWay = flights.ticketOf(key);
    const isJoinable = underWay !== undefined && store.isCurrent(underWay, tags);
    if (isAdmitted) {
      const joined = isJoinable ? await flights.join(key, signal) : undefined;
      if (joined && isWhole(joined)) return shown(joined, 'joined');
      if (joined) return shown(await fetch(signal), 'miss');
    }
    const ticket = store.begin();
    const ownFetch = fetching(question, tags, ticket, fetch);
    const answer = isJoinable ? await ownFetch(signal) : await flights.start(key, ticket, signal, ownFetch);
    return shown(answer ?? (await fetch(signal)), 'miss');
  };

  return {
    answer: async (asked, context, fetch) => {
      const question = questionOf(asked, context);
      return question ? ask(question, fetch) : shown(await fetch(context.signal), 'none');
    },
    ran: (operation) => {
      for (const service of servicesOf(parts.caching, operation)) store.drop(service);
    },
  };
};

/** The services that a mutation was sent to; all of them where its fields stand in fragments. */
const servicesOf = (
  { owners }: Caching,
  operation: OperationDefinitionNode | undefined,
): ReadonlySet<string> => {
  if (operation?.operation !== 'mutation') return new Set();
  const all = () => [...owners.values()].flat();
  return new Set(
    operation.selectionSet.selections.flatMap((node) =>
      node.kind === Kind.FIELD ? (owners.get(node.name.value) ?? []) : all(),
    ),
  );
};

/** Runs everything. */
export const noCache: ResponseCache = {
  answer: (_, context, fetch) => fetch(context.signal),
  ran: () => undefined,
};
