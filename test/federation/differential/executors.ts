import { createHash } from 'node:crypto';
import { GraphQLError, type GraphQLSchema, parse } from 'graphql';
import { composeSupergraph, type Subgraph } from '#gateway/compose.ts';
import { bytesOf, readByteText } from '#gateway/executor/byte-text.ts';
import type { Execute } from '#gateway/executor/executor.ts';
import type { Answer, Operation, Sources } from '#gateway/executor/plan.ts';
import { type Graph, loadGraph } from '#gateway/federation/graph.ts';
import { createLog, silentLog } from '#libs/platform/log/log.ts';
import { chanceOf } from './chance.ts';
import { spoiled } from './faults.ts';
import { type AnswerOf, createSubgraph, type World } from './world.ts';

/** How many of a hundred calls to subgraphs are lied to, find nobody, or fail altogether. */
export type Faults = { lies: number; dead: number; broken: number };

export type Question = { text: string; variables: Record<string, unknown>; world: World; faults: Faults };

/** An answer in the form in which two of them are compared. */
export type Seen = {
  /** The data, with their fields in their order. */
  text: string;
  errors: string[];
  completion: string[];
  failed: boolean;
  /** Subgraph, document and variables of every call, in the order of their texts. */
  calls: string[];
};

type Source = Sources extends ReadonlyMap<string, infer S> ? S : never;
type Options = Parameters<Source['process']>[0];

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const unavailable = () => [
  new GraphQLError('not available', { path: ['_entities', 0], extensions: { code: 'SERVICE_UNAVAILABLE' } }),
];

const sourceOf = (
  name: string,
  answerOf: AnswerOf,
  { world, faults }: Question,
  calls: string[],
): Source => ({
  process: async ({ request: { query = '', variables: sent = {} }, taking }: Options) => {
    const variables = taking === 'BYTE_TEXT' ? asSent(sent) : sent;
    const call = JSON.stringify([name, query, variables]);
    calls.push(call);
    const chance = chanceOf(`${world.seed}${call}`);
    for (let waiting = chance.below(4); waiting > 0; waiting--) await turn();
    if (chance.percent(faults.broken)) throw new Error('broken');
    if (chance.percent(faults.dead)) return { data: null, errors: unavailable() };
    const answer = answerOf(query, JSON.parse(JSON.stringify(variables)), world);
    const isLie = chance.percent(faults.lies);
    const told = isLie ? spoiled(answer, `${world.seed}${call}`) : answer;
    const text = chance.percent(15) ? escaped(told) : told;
    const read = JSON.parse(text);
    if (taking === 'BYTE_TEXT')
      return { ...read, data: (readByteText(Buffer.from(text)) as typeof read).data };
    return taking === 'UNREAD' && !isLie && !read.errors ? { bytes: Buffer.from(answer) } : read;
  },
});

/** Variables as they come to a subgraph: of those that are sent the representations alone are ByteText. */
const asSent = ({ representations, ...given }: Record<string, unknown>): Record<string, unknown> =>
  representations === undefined ? given : { ...given, representations: ofByteText(representations) };

const ofByteText = (value: unknown): unknown => JSON.parse(bytesOf(JSON.stringify(value)).toString());

/** The same JSON with escapes for all beyond ASCII. */
const escaped = (json: string): string =>
  json.replaceAll(/[^\0-\x7f]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);

const placeAndCode = (error: unknown): string => {
  const { path, extensions } = (error ?? {}) as Partial<GraphQLError>;
  return JSON.stringify([path ?? null, extensions?.code ?? null, extensions?.serviceName ?? null]);
};

const textOf = ({ bytes, data, isByteText }: Answer): string => {
  if (bytes) return bytes.toString();
  const text = JSON.stringify({ data });
  return isByteText ? bytesOf(text).toString() : text;
};

const seen = (answer: Answer, calls: string[]): Seen => ({
  text: textOf(answer),
  errors: (answer.errors ?? []).map(placeAndCode).sort(),
  completion: ((answer.extensions?.valueCompletion as unknown[]) ?? []).map(placeAndCode).sort(),
  failed: false,
  calls: calls.sort(),
});

/** One of the supergraphs, with its subgraphs, asked through one of the executors. */
export type Bench = {
  /** Documents that were left to the stock executor, until now. */
  left: { count: number };
  /** Answers that were passed on as a subgraph wrote them, until now. */
  passed: { count: number };
  schema: GraphQLSchema;
  ask(execute: Execute, question: Question): Promise<Seen>;
  graph: Graph;
};

export const createBench = async (subgraphs: readonly Subgraph[]): Promise<Bench> => {
  const left = { count: 0 };
  const passed = { count: 0 };
  const log = createLog({
    service: 'gateway',
    level: 'info',
    destination: {
      write: (line) => {
        if (line.includes('left to the stock executor')) left.count++;
      },
    },
  });
  const graph = await loadGraph(composeSupergraph(subgraphs), log);
  const answers = subgraphs.map((subgraph) => [subgraph.name, createSubgraph(subgraph)] as const);
  const documents = new Map<string, ReturnType<typeof parse>>();
  return {
    left,
    passed,
    graph,
    schema: graph.schema,
    ask: async (execute, question) => {
      const { text, variables } = question;
      const document = documents.get(text) ?? parse(text);
      documents.set(text, document);
      const calls: string[] = [];
      const sources = new Map(
        answers.map(([name, answerOf]) => [name, sourceOf(name, answerOf, question, calls)]),
      );
      const operation = {
        request: { query: text, variables },
        document,
        queryHash: createHash('sha256').update(text).digest('hex'),
        schema: graph.schema,
        logger: silentLog,
        metrics: {},
        context: {},
      } as unknown as Operation;
      try {
        const answer = await execute(operation, sources, true);
        if (answer.bytes) passed.count++;
        return seen(answer, calls);
      } catch {
        for (let waiting = 0; waiting < 20; waiting++) await turn();
        return { text: '', errors: [], completion: [], failed: true, calls: calls.sort() };
      }
    },
  };
};
