import { composeSupergraph } from '#gateway/compose.ts';
import { compareSupergraphs } from './compare.ts';

const supergraphOf = (types: string): string =>
  composeSupergraph([
    {
      name: 'people',
      sdl: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@authenticated", "@inaccessible"])
        ${types}`,
    },
  ]);

const before = supergraphOf(`
  type Query { student(id: ID!, on: String): Student }
  type Student @key(fields: "id") { id: ID! name: String! state: State hidden: Int @inaccessible }
  enum State { HERE GONE }
`);
const documents = [
  { name: 'Name', body: 'query Name { student(id: 1) { name } }' },
  { name: 'State', body: 'query State { student(id: 1) { state } }' },
  { name: 'Old', body: 'query Old { student(id: 1) { age } }' },
];
const decidedOn = '2026-11-23';

test('what is only added breaks nothing', () => {
  const after = supergraphOf(`
    type Query { student(id: ID!, on: String, at: String): Student new: Int }
    type Student @key(fields: "id") { id: ID! name: String! state: State age: Int }
    enum State { HERE GONE }
  `);
  expect(compareSupergraphs(before, after, documents, [])).toEqual({
    breaking: [],
    deliberate: [],
    documents: [],
  });
});

test('all that is removed, narrowed or newly guarded is named, and each document that it breaks', () => {
  const after = supergraphOf(`
    type Query { student(id: ID!, on: String!): Student @authenticated }
    type Student @key(fields: "id") { id: ID! state: State @authenticated }
    enum State { HERE }
  `);
  const { breaking, documents: broken } = compareSupergraphs(before, after, documents, []);
  expect(breaking.toSorted()).toEqual([
    'GONE was removed from enum type State.',
    'Query.student arg on has changed type from String to String!.',
    'Query.student demands more of the caller.',
    'Student.name was removed.',
    'Student.state demands more of the caller.',
  ]);
  expect(broken).toEqual([
    expect.stringMatching(/^Name: Cannot query field "name"/),
    expect.stringMatching(/^State: .*"on" of type "String!" is required/),
  ]);
});

test('a break that was decided on is told with its reason, and another is still a break', () => {
  const after = supergraphOf(`
    type Query { student(id: ID!, on: String): Student }
    type Student @key(fields: "id") { id: ID! state: State }
    enum State { HERE GONE }
  `);
  const decided = { change: 'Student.name was removed.', reason: 'it was never filled', decidedOn };
  expect(compareSupergraphs(before, after, documents, [decided])).toEqual({
    breaking: [],
    deliberate: [decided],
    documents: [],
  });
  const other = { ...decided, change: 'Student.state was removed.' };
  const { breaking, documents: broken } = compareSupergraphs(before, after, documents, [other]);
  expect([breaking, broken.length]).toEqual([['Student.name was removed.'], 1]);
});
