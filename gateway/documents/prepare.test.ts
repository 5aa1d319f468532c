import { silentLog } from '#libs/platform/log/log.ts';
import { composeSupergraph } from '../compose.ts';
import { loadGraph } from '../federation/graph.ts';
import { prepareDocuments } from './prepare.ts';
import { documentId } from './safelist.ts';

const sdl = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])
  scalar Date
  type Query { born(on: Date!): String student(id: ID!): Student found(filter: Filter!, kinds: [Kind!]!): [Student] }
  type Mutation { rename(input: Rename!): Student }
  type Student @key(fields: "id") { id: ID! name: String }
  input Filter { kind: Kind! name: String since: Date! }
  input Rename { id: ID! name: String! }
  enum Kind { OLD NEW }`;

/** Takes documents of so many tokens, and keeps the ids of those that it is told to remember. */
const preparing = (maxTokens = 100) => {
  const remembered: string[] = [];
  return { rules: [], maxTokens, remembered, remember: (id: string) => void remembered.push(id) };
};

const known = (...texts: string[]) => new Map(texts.map((text) => [documentId(text), text]));

test('known documents are planned and compiled whatever variables they need, with nobody asked anything', async () => {
  const graph = await loadGraph(composeSupergraph([{ name: 'people', sdl }]), silentLog);
  const safelist = known(
    'query ($on: Date!) { born(on: $on) }',
    'query ($filter: Filter!, $kinds: [Kind!]!) { found(filter: $filter, kinds: $kinds) { id name } }',
    'mutation ($input: Rename!) { rename(input: $input) { name } }',
    'query One { student(id: 1) { id } } query Two { student(id: 2) { name } }',
  );
  expect(await prepareDocuments(graph, safelist, preparing(), silentLog)).toEqual({
    operations: 5,
    unfit: [],
  });
});

test('documents that do not fit the schema or are too large are named, left alone and not remembered', async () => {
  const graph = await loadGraph(composeSupergraph([{ name: 'people', sdl }]), silentLog);
  const [gone, broken, long] = ['{ gone }', '{ student(', '{ student(id: 1) { id name id name } }'];
  const fit = '{ student(id: 1) { id } }';
  const limits = preparing(12);
  const { operations, unfit } = await prepareDocuments(
    graph,
    known(gone, broken, long, fit),
    limits,
    silentLog,
  );
  expect(operations).toBe(1);
  expect(unfit).toEqual([gone, broken, long].map(documentId));
  expect(limits.remembered).toEqual([documentId(fit)]);
});
