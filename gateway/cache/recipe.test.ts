import { buildASTSchema, type GraphQLSchema, parse } from 'graphql';
import { type Actor, actorOf } from '#libs/platform/actor/actor.ts';
import { Claims } from '#libs/platform/actor/claims.ts';
import { readGuards } from '../authorization/guards.ts';
import { composeSupergraph } from '../compose.ts';
import { readCaching } from './cacheable.ts';
import { recipeOf } from './recipe.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
    import: ["@key", "@shareable", "@tag", "@authenticated", "@requiresScopes", "@composeDirective"])
  @link(url: "https://specs.xueji.example/cached/v1.0", import: ["@cached"]) @composeDirective(name: "@cached")
  directive @cached(seconds: Int, topics: [String!], regionBy: String) on FIELD_DEFINITION | OBJECT
`;

const units = `${link}
  type Query {
    school(id: ID!): School @authenticated @cached(seconds: 300, topics: ["units.directory"])
    schools(first: Int = 10): [School!] @cached(seconds: 120, topics: ["units.directory"])
    rule(id: ID!): Rule @cached(seconds: 600)
    search(text: String!): School @tag(name: "post") @cached(seconds: 60)
    open(id: ID!): School
    head(id: ID!): Head @cached(seconds: 60)
    anything: Anything @cached(seconds: 60)
  }
  type Mutation { rename(id: ID!): School @cached(seconds: 60) }
  type School @key(fields: "id") @cached(topics: ["units.directory"]) {
    id: ID!
    name(long: Boolean): String!
    next: School
    phone: String @cached(seconds: 0)
    secret: String @requiresScopes(scopes: [["admin"]])
    head: Head
  }
  type Rule @cached { id: ID! title: String }
  type Head { name: String }
  union Anything = School | Rule
`;

const counts = `${link}
  type Query {
    stock(scope: ID, by: String): Table @authenticated @cached(seconds: 60, topics: ["counts.stock"], regionBy: "scope")
  }
  type Table @cached { total: Int }
  type School @key(fields: "id") { id: ID! pupils: Int table: Table }
`;

let schema: GraphQLSchema;
let cacheables: ReturnType<typeof readCaching>['fields'];

beforeAll(() => {
  schema = buildASTSchema(
    parse(
      composeSupergraph([
        { name: 'units', sdl: units },
        { name: 'counts', sdl: counts },
      ]),
    ),
    { assumeValidSDL: true },
  );
  cacheables = readCaching(schema, readGuards(schema)).fields;
});

const recipe = (text: string, operationName?: string) =>
  recipeOf(schema, cacheables, parse(text), operationName);

const county: Actor = actorOf(Claims.parse({ sub: 'a', level: 'COUNTY', unit: '410503' }));
const school: Actor = actorOf(Claims.parse({ sub: 'b', level: 'SCHOOL', school: '2141000001' }));

describe('an operation is kept', () => {
  test('for the shortest time of its query fields, by the tags of all that is in it', () => {
    const found = recipe('{ school(id: "1") { id name next { name } } rule(id: "2") { title } }');
    expect(found).toMatchObject({ seconds: 300, topics: ['units.directory'] });
    expect(found?.tags(null, {})).toEqual(['units', 'units.directory']);
    expect(recipe('{ rule(id: "2") { title } schools { id } }')?.seconds).toBe(120);
  });

  test('with fragments and names of types', () => {
    const text = `{ s: school(id: "1") { __typename ...on School { ...part } } }
      fragment part on School { name next { ... { id } } }`;
    expect(recipe(text)?.topics).toEqual(['units.directory']);
  });

  test('by the operation that is asked for, with its own variables', () => {
    const text = 'query a($id: ID!) { school(id: $id) { id } } query b { open(id: "1") { id } }';
    expect(recipe(text, 'a')?.variables).toEqual(['id']);
    expect(recipe(text, 'b')).toBeUndefined();
  });
});

test.each([
  ['a query field without a mark', '{ open(id: "1") { id } }'],
  ['a type without a mark', '{ school(id: "1") { head { name } } }'],
  ['a query field that leads to a type without a mark', '{ head(id: "1") { name } }'],
  ['a union', '{ anything { ... on Rule { id } } }'],
  ['a field that is taken out', '{ school(id: "1") { phone } }'],
  ['a field that asks for a scope', '{ school(id: "1") { secret } }'],
  ['a field that another service has added to the type', '{ school(id: "1") { pupils } }'],
  ['even a kept type there', '{ school(id: "1") { table { total } } }'],
  ['an argument that may be about somebody', '{ search(text: "x") { id } }'],
  ['a mutation', 'mutation { rename(id: "1") { id } }'],
  ['introspection', '{ __schema { types { name } } }'],
  ['nothing but a name', '{ __typename }'],
  ['one such field among others', '{ rule(id: "1") { title } open(id: "1") { id } }'],
  [
    'one behind a fragment',
    '{ ...q } fragment q on Query { school(id: "1") { ...s } } fragment s on School { phone }',
  ],
  ['one that is skipped perhaps', 'query ($no: Boolean!) { school(id: "1") { id phone @skip(if: $no) } }'],
])('an operation is not kept with %s', (_, text) => {
  expect(recipe(text)).toBeUndefined();
});

describe('the tags of a place', () => {
  const asked = 'query ($scope: ID) { stock(scope: $scope) { total } }';
  const tags = (text: string, actor: Actor | null, variables = {}) => recipe(text)?.tags(actor, variables);

  test.each([
    ['a unit in a variable', asked, county, { scope: '410500' }, '41'],
    ['the nation', asked, county, { scope: '000000' }, 'any'],
    ['a school, which tells nothing of its place', asked, county, { scope: '2141000001' }, 'any'],
    ['the own unit, where none is named', asked, county, {}, '41'],
    ['the own unit, where null is', asked, county, { scope: null }, '41'],
    ['the own school', asked, school, {}, 'any'],
    ['a unit in the document', '{ stock(scope: "330100") { total } }', county, {}, '33'],
    ['a preset', 'query ($scope: ID = "330100") { stock(scope: $scope) { total } }', county, {}, '33'],
    ['the Corps, whose units lie among those of Xinjiang', asked, null, { scope: '660000' }, '65'],
    ['a unit of the Corps', asked, null, { scope: '659001' }, '65'],
    ['what is no code at all', asked, county, { scope: 'x' }, 'any'],
  ])('are those of %s', (_, text, actor, variables, region) => {
    expect(tags(text, actor, variables)).toEqual(['counts', 'counts.stock', `counts.stock.${region}`]);
  });

  test('are those of all places that are asked for', () => {
    const both = '{ a: stock(scope: "410000") { total } b: stock(scope: "330000") { total } }';
    expect(tags(both, county)).toEqual(['counts', 'counts.stock', 'counts.stock.41', 'counts.stock.33']);
  });
});
