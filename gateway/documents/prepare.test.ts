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

const known = (...texts: string[]) => new Map(texts.map((text) => [documentId(text), text]));

test('known documents are planned and compiled whatever variables they need, with nobody asked anything', async () => {
  const graph = await loadGraph(composeSupergraph([{ name: 'people', sdl }]), silentLog);
  const safelist = known(
    'query ($on: Date!) { born(on: $on) }',
    'query ($filter: Filter!, $kinds: [Kind!]!) { found(filter: $filter, kinds: $kinds) { id name } }',
    'mutation ($input: Rename!) { rename(input: $input) { name } }',
    'query One { student(id: 1) { id } } query Two { student(id: 2) { name } }',
  );
  expect(await prepareDocuments(graph, safelist, silentLog)).toEqual({ operations: 5, unfit: [] });
});

test('documents that do not fit the schema are named and left alone', async () => {
  const graph = await loadGraph(composeSupergraph([{ name: 'people', sdl }]), silentLog);
  const [gone, broken] = ['{ gone }', '{ student('];
  const { operations, unfit } = await prepareDocuments(
    graph,
    known(gone, broken, '{ student(id: 1) { id } }'),
    silentLog,
  );
  expect(operations).toBe(1);
  expect(unfit).toEqual([documentId(gone), documentId(broken)]);
});
