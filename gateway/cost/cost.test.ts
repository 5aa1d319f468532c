import { buildSchema, getOperationAST, parse } from 'graphql';
import { compileCost } from './compile.ts';
import { readWeights } from './weights.ts';

/** The examples of the public documentation of cost directives: a book with its author and publisher, whose address weighs five. */
const library = /* GraphQL */ `
  schema @link(url: "https://specs.apollo.dev/cost/v0.1", import: ["@cost", "@listSize"]) { query: Query mutation: Mutation }
  directive @link(url: String!, import: [String!]) repeatable on SCHEMA
  directive @cost(weight: Int!) on OBJECT | FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | SCALAR | ENUM
  directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!]) on FIELD_DEFINITION
  type Query {
    book(id: ID): Book
    books: [Book]
    bestsellers: [Book] @listSize(assumedSize: 5)
    newestAdditions(after: ID, limit: Int!): [Book] @listSize(slicingArguments: ["limit"])
    latest(first: Int = 4, last: Int): Page @listSize(slicingArguments: ["first", "last"], sizedFields: ["edges"])
    find(like: Like, by: [Like!]): Thing
    dear: Int @cost(weight: 7)
  }
  type Mutation { add(like: Like @cost(weight: 3)): Book }
  input Like { title: String author: Like }
  type Page { edges: [Edge] others: [Edge] }
  type Edge { node: Book }
  type Book implements Thing { title: String author: Author publisher: Publisher }
  type Map implements Thing { title: String sheets: [Sheet] @listSize(assumedSize: 20) }
  type Sheet { number: Int }
  interface Thing { title: String }
  type Author { name: String }
  type Publisher { name: String address: Address }
  type Address @cost(weight: 5) { zipCode: Int! }
`;
const schema = buildSchema(library);
const estimating = { schema, weights: readWeights(library, schema), assumedSize: 10 };
const costOf = (text: string, variables: Record<string, unknown> = {}): number => {
  const document = parse(text);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('no operation');
  return compileCost(estimating, document, operation)(variables);
};
const all = 'title author { name } publisher { name address { zipCode } }';

test('a book costs one for each object, and the address what it weighs', () => {
  expect(costOf(`{ book(id: 1) { ${all} } }`)).toBe(8);
});

test('a list costs as many as are assumed, asked for, or usual where nobody says', () => {
  expect(costOf(`{ bestsellers { ${all} } }`)).toBe(40);
  expect(costOf(`{ newestAdditions(limit: 3) { ${all} } }`)).toBe(24);
  expect(costOf(`{ newestAdditions(limit: 7) { ${all} } }`)).toBe(56);
  expect(costOf(`query ($n: Int!) { newestAdditions(limit: $n) { ${all} } }`, { n: 7 })).toBe(56);
  expect(costOf(`query ($n: Int = 3) { newestAdditions(limit: $n) { ${all} } }`)).toBe(24);
  expect(costOf('{ books { title } }')).toBe(10);
});

test('a page tells the size of its list alone, by the largest argument or the preset of the schema', () => {
  expect(costOf('{ latest(first: 6) { edges { node { title } } } }')).toBe(1 + 6 * 2);
  expect(costOf('{ latest(first: 6, last: 9) { edges { node { title } } } }')).toBe(1 + 9 * 2);
  expect(costOf('{ latest { edges { node { title } } } }')).toBe(1 + 4 * 2);
  expect(costOf('{ latest(first: 6) { others { node { title } } } }')).toBe(1 + 10 * 2);
  expect(costOf('{ latest(first: -6) { edges { node { title } } } }')).toBe(1);
});

test('of several types the dearest counts, with what is asked of all', () => {
  expect(costOf('{ find { title ... on Book { author { name } } ... on Map { sheets { number } } } }')).toBe(
    21,
  );
  expect(costOf('{ find { ... on Thing { ... on Book { author { name } } } } }')).toBe(2);
});

test('the same field twice counts once, however it is spread', () => {
  expect(costOf('{ book(id: 1) { author { name } ...F } } fragment F on Book { author { name } }')).toBe(2);
  expect(costOf('{ a: book(id: 1) { title } b: book(id: 1) { title } }')).toBe(2);
});

test('what is left out costs nothing', () => {
  const text =
    'query ($yes: Boolean!) { book(id: 1) { author @include(if: $yes) { name } publisher @skip(if: $yes) { name } } }';
  expect([costOf(text, { yes: true }), costOf(text, { yes: false })]).toEqual([2, 2]);
  expect(costOf('{ bestsellers @skip(if: true) { title } dear }')).toBe(7);
});

test('inputs cost one for each object, and a mutation ten', () => {
  expect(costOf('{ find(like: { title: "a", author: { title: "b" } }) { title } }')).toBe(3);
  expect(costOf('query ($by: [Like!]) { find(by: $by) { title } }', { by: [{}, {}, { author: {} }] })).toBe(
    5,
  );
  expect(costOf('mutation { add(like: { title: "a" }) { title } }')).toBe(10 + 3 + 1);
});

test('names of the schema itself cost nothing', () => {
  expect(costOf('{ __typename __schema { types { name } } }')).toBe(0);
});
