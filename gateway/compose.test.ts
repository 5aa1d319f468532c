import { parse } from 'graphql';
import { CompositionError, composeSupergraph, subgraphNames, withoutSecurityPurpose } from './compose.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@authenticated", "@requiresScopes", "@policy"])`;
const people = {
  name: 'people',
  sdl: `${link} type Query { a: A @authenticated } type A @key(fields: "id") { id: ID! s: Int @requiresScopes(scopes: [["x"]]) p: Int @policy(policies: [["y"]]) }`,
};
const places = { name: 'places', sdl: `${link} type A @key(fields: "id") { id: ID! place: String }` };

test('the order of the subgraphs does not matter', () => {
  expect(composeSupergraph([places, people])).toBe(composeSupergraph([people, places]));
});

test('the supergraph names its subgraphs and no address of theirs', () => {
  const supergraph = composeSupergraph([people, places]);
  expect(subgraphNames(supergraph)).toEqual(['people', 'places']);
  expect(supergraph).toContain('http://people.invalid/graphql');
});

test('for Apollo Gateway the purpose SECURITY is taken out, and nothing else', () => {
  const supergraph = composeSupergraph([people, places]);
  const loaded = withoutSecurityPurpose(supergraph);
  const guards = (text: string) => text.match(/@(authenticated|requiresScopes|policy)\b/g)?.length;
  expect(supergraph.match(/for: SECURITY/g)).toHaveLength(3);
  expect(loaded).not.toMatch(/for: SECURITY/);
  expect(loaded).toMatch(/for: EXECUTION/);
  expect(guards(loaded)).toBe(guards(supergraph));
  expect(parse(loaded).definitions).toHaveLength(parse(supergraph).definitions.length);
});

test('every reason why subgraphs do not fit is told', () => {
  const wrong = { name: 'wrong', sdl: `${link} type A @key(fields: "id") { id: Int! place: Int }` };
  expect(() => composeSupergraph([people, places, wrong])).toThrow(CompositionError);
  expect(() => composeSupergraph([people, places, wrong])).toThrow(/A\.id[\s\S]*A\.place/);
});
