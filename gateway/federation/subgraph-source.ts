import type { GraphQLDataSource } from '@apollo/gateway';
import { GraphQLError, Kind, parse } from 'graphql';
import { Pool } from 'undici';
import { outgoingTrace } from '#libs/platform/telemetry/spans.ts';
import type { GatewayContext } from '../context.ts';
import { CallerGone } from '../http/caller-gone.ts';
import { workIsOver } from '../http/time.ts';
import { post } from './post.ts';

type Options = Parameters<GraphQLDataSource['process']>[0];
type Answer = Awaited<ReturnType<GraphQLDataSource['process']>>;

/** Told after every call to a subgraph: how long it took in seconds, and whether it answered. */
export type ObserveCall = (
  subgraph: string,
  seconds: number,
  outcome: 'ok' | 'unavailable' | 'abandoned',
) => void;

/** A service is closed to new connections at most this long before a call to it counts as failed. */
const connectTimeout = 3_000;
/** An answer of more bytes than this counts as none. */
const mostBytes = 64_000_000;
/** So many documents are remembered in the form in which they are sent. */
const mostDocuments = 2_000;
/** An entity fetch that failed names at most so many of its places. */
const mostPlaces = 50;

/**
 * Sends the parts of an operation to one subgraph over kept connections. A subgraph that does not answer is a
 * SERVICE_UNAVAILABLE at each place that it should have filled; the rest of the answer stays.
 */
export class SubgraphSource implements GraphQLDataSource {
  readonly #name: string;
  readonly #path: string;
  readonly #pool: Pool;
  readonly #observe: ObserveCall;
  readonly #documents = new Map<string, string>();

  constructor(name: string, url: string, observe: ObserveCall) {
    const { origin, pathname, search } = new URL(url);
    this.#name = name;
    this.#path = `${pathname}${search}`;
    this.#pool = new Pool(origin, {
      connections: 64,
      connectTimeout,
      pipelining: 1,
      // The time of an operation is one for all its calls: its signal ends them.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    this.#observe = observe;
  }

  async process(options: Options): Promise<Answer> {
    const { query, variables, operationName } = options.request;
    const context = options.context as unknown as GatewayContext;
    const body = this.#body(query ?? '', variables, operationName);
    const begun = performance.now();
    try {
      const answer = await this.#send(body, context.forwarded ?? {}, context.signal);
      this.#observe(this.#name, (performance.now() - begun) / 1000, 'ok');
      return answer;
    } catch {
      const outcome = isAbandoned(context.signal) ? 'abandoned' : 'unavailable';
      this.#observe(this.#name, (performance.now() - begun) / 1000, outcome);
      return { data: null, errors: unavailable(query ?? '', variables?.representations) };
    }
  }

  /** True where the subgraph answers the simplest of questions within the time. */
  async isReachable(timeout: number): Promise<boolean> {
    try {
      const { data } = await this.#send('{"query":"{__typename}"}', {}, AbortSignal.timeout(timeout));
      return data !== undefined && data !== null;
    } catch {
      return false;
    }
  }

  /** The same few documents go out over and over: each is put into JSON once. */
  #body(query: string, variables: unknown, operationName: string | undefined): string {
    let document = this.#documents.get(query);
    if (document === undefined) {
      document = JSON.stringify(query);
      if (this.#documents.size >= mostDocuments) this.#documents.clear();
      this.#documents.set(query, document);
    }
    const name = operationName === undefined ? '' : `,"operationName":${JSON.stringify(operationName)}`;
    return `{"query":${document},"variables":${JSON.stringify(variables ?? {})}${name}}`;
  }

  async #send(
    body: string,
    forwarded: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Promise<Answer> {
    const text = await post(this.#pool, {
      path: this.#path,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...forwarded,
        ...outgoingTrace(),
      },
      body,
      signal,
      most: mostBytes,
    });
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null || !('data' in parsed || 'errors' in parsed)) {
      throw new Error('not an answer of GraphQL');
    }
    return parsed as Answer;
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}

const isAbandoned = (signal: AbortSignal | undefined): boolean =>
  signal?.reason instanceof CallerGone || signal?.reason === workIsOver;

/** One error for each place: the root fields of the fetch, or the entities it was to complete. */
const unavailable = (query: string, representations: unknown): GraphQLError[] => {
  const paths: (string | number)[][] = Array.isArray(representations)
    ? representations.slice(0, mostPlaces).map((_, index) => ['_entities', index])
    : rootKeys(query).map((key) => [key]);
  return paths.map(
    (path) =>
      new GraphQLError('服务暂不可用，请稍后重试。 A service is not available now; try again.', {
        path,
        extensions: { code: 'SERVICE_UNAVAILABLE' },
      }),
  );
};

const rootKeys = (query: string): string[] =>
  parse(query).definitions.flatMap((definition) =>
    definition.kind !== Kind.OPERATION_DEFINITION
      ? []
      : definition.selectionSet.selections.flatMap((node) =>
          node.kind === Kind.FIELD ? [(node.alias ?? node.name).value] : [],
        ),
  );
