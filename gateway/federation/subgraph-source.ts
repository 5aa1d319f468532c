import { Kind, type OperationDefinitionNode, parse } from 'graphql';
import { Pool } from 'undici';
import { outgoingTrace } from '#libs/platform/telemetry/spans.ts';
import type { GatewayContext } from '../context.ts';
import { type ByteText, bytesOf, byteTextOf } from '../executor/byte-text.ts';
import type { Source, Taking } from '../executor/plan.ts';
import { type CallSettings, Calls, type Watch } from './calls.ts';
import { type Post, post, type Read, type Space } from './post.ts';
import { passAnswer, readAnswer, readAnswerInByteText, type SubgraphAnswer } from './subgraph-answer.ts';
import { type Part, unavailable } from './unavailable.ts';

type Options = Parameters<Source['process']>[0];

/** A document as it is sent over and over: in JSON, with what is known of it. */
type Known = Part & { json: ByteText };

type Values = Readonly<Record<string, unknown>>;

/** One call: what is posted, within which time, and how the answer is read. */
type Sent = Pick<Post, 'body' | 'signal' | 'time'> & {
  forwarded: Readonly<Record<string, string>>;
  read: Read<SubgraphAnswer>;
};

/** A service is closed to new connections at most this long before a call to it counts as failed. */
const connectTimeout = 3_000;
/** An answer of more bytes than this counts as none. */
const mostBytes = 32_000_000;
/** So many bytes of answers are under way from one subgraph. */
const mostBytesTogether = 96_000_000;
/** So many documents are remembered in the form in which they are sent. */
const mostDocuments = 2_000;

/**
 * Sends the parts of an operation to one subgraph over kept connections. A subgraph that does not answer is a
 * SERVICE_UNAVAILABLE at each place that it should have filled; the rest of the answer stays.
 */
export class SubgraphSource implements Source {
  readonly #path: string;
  readonly #pool: Pool;
  readonly #calls: Calls;
  readonly #space: Space = { used: 0, most: mostBytesTogether };
  readonly #documents = new Map<string, Known>();

  constructor(url: string, settings: CallSettings, watch: Watch) {
    const { origin, pathname, search } = new URL(url);
    this.#path = `${pathname}${search}`;
    this.#pool = new Pool(origin, {
      connections: 64,
      connectTimeout,
      pipelining: 1,
      // Calls end by the time of the call and of the whole operation.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    this.#calls = new Calls(settings, watch);
  }

  async process(options: Options): Promise<SubgraphAnswer> {
    const { query = '', variables, operationName } = options.request;
    const { forwarded = {}, signal } = options.context as unknown as Partial<GatewayContext>;
    const known = this.#known(query);
    const name = operationName === undefined ? '' : `,"operationName":${JSON.stringify(operationName)}`;
    const values = variablesOf(variables ?? {}, options.taking);
    const body = bytesOf(`{"query":${known.json},"variables":${values}${name}}`);
    const read = readers[options.taking ?? 'READ'];
    try {
      return await this.#calls.make({
        isRead: !known.isMutation,
        signal,
        send: (time) => this.#send({ body, forwarded, signal, time, read }),
      });
    } catch (failure) {
      return { data: null, errors: unavailable(known, variables?.representations, failure) };
    }
  }

  /** True where the subgraph answers the simplest of questions within the time; whether calls are let through is no matter. */
  async isReachable(timeout: number): Promise<boolean> {
    try {
      const body = bytesOf('{"query":"{__typename}"}');
      const { data } = await this.#send({
        body,
        forwarded: {},
        signal: undefined,
        time: timeout,
        read: readAnswer,
      });
      return data !== undefined && data !== null;
    } catch {
      return false;
    }
  }

  /** The same few documents go out over and over: each is read and put into JSON once. */
  #known(query: string): Known {
    let known = this.#documents.get(query);
    if (known === undefined) {
      known = { json: byteTextOf(JSON.stringify(query)), ...partOf(query) };
      if (this.#documents.size >= mostDocuments) this.#documents.clear();
      this.#documents.set(query, known);
    }
    return known;
  }

  #send({ body, forwarded, signal, time, read }: Sent): Promise<SubgraphAnswer> {
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json',
      ...forwarded,
      ...outgoingTrace(),
    };
    const limits = { time, most: mostBytes, space: this.#space };
    const order = { path: this.#path, headers, body, signal, ...limits };
    return post(this.#pool, order, read);
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}

/** The variables in JSON; of them the representations alone can be ByteText already. */
const variablesOf = (variables: Values, taking?: Taking): ByteText => {
  const { representations, ...given } = variables;
  if (taking !== 'BYTE_TEXT' || representations === undefined) return byteTextOf(JSON.stringify(variables));
  const before = byteTextOf(JSON.stringify(given)).slice(0, -1);
  return `${before}${before === '{' ? '' : ','}"representations":${JSON.stringify(representations)}}`;
};

const readers: Readonly<Record<Taking, Read<SubgraphAnswer>>> = {
  READ: readAnswer,
  BYTE_TEXT: readAnswerInByteText,
  UNREAD: passAnswer,
};

const partOf = (query: string): Part => {
  const operations = parse(query).definitions.filter(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  );
  return {
    isMutation: operations.some(({ operation }) => operation === 'mutation'),
    rootKeys: operations.flatMap(({ selectionSet }) =>
      selectionSet.selections.flatMap((node) =>
        node.kind === Kind.FIELD ? [(node.alias ?? node.name).value] : [],
      ),
    ),
  };
};
