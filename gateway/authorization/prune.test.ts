import fc from 'fast-check';
import {
  buildSchema,
  executeSync,
  type GraphQLCompositeType,
  GraphQLError,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isUnionType,
  parse,
  validate,
} from 'graphql';
import { readGuards } from './guards.ts';
import { prune } from './prune.ts';
import { restore } from './restore.ts';
import { type Rights, rightsOf } from './rights.ts';

const schema: GraphQLSchema = buildSchema(
  `directive @authenticated on FIELD_DEFINITION | OBJECT
   directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT
   type Query { a: A b: A! all: [Named!]! some: [Either] own: A @authenticated hidden: B }
   interface Named { name: String mate: Named promised: String! }
   type A implements Named {
     name: String @requiresScopes(scopes: [["s"]])
     mate: Named
     promised: String! @requiresScopes(scopes: [["t"]])
     free: String
     many: [[A]!]
     either: Either!
   }
   type B implements Named @requiresScopes(scopes: [["b"]]) { name: String mate: A promised: String! onlyB: Int }
   type C implements Named { name: String mate: Named @authenticated promised: String! onlyC: B }
   union Either = A | B | C`,
);
const guards = readGuards(schema);

/** What stands at a place depends on its path alone, so that every way to execute finds the same. */
const world =
  (rights: Rights, guarded: boolean, touched: Set<string>) =>
  (
    _source: unknown,
    _args: unknown,
    _context: unknown,
    {
      parentType,
      fieldName,
      returnType,
      path,
    }: {
      parentType: { name: string };
      fieldName: string;
      returnType: unknown;
      path: { key: string | number; prev: unknown };
    },
  ): unknown => {
    const may = rights.meets(guards.demandsOf(parentType.name, fieldName));
    if (!may) touched.add(`${parentType.name}.${fieldName}`);
    if (guarded && !may)
      throw new GraphQLError('refused', { extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } });
    return made(String(returnType), depthOf(path) + fieldName.length);
  };

const depthOf = (path: unknown): number => {
  let depth = 0;
  for (let at = path as { prev?: unknown } | undefined; at; at = at.prev as typeof at) depth++;
  return depth;
};

const kinds = ['A', 'B', 'C'];
const made = (type: string, seed: number): unknown => {
  const bare = type.replace(/!$/, '');
  if (bare.startsWith('[')) return [0, 1, 2].map((index) => made(bare.slice(1, -1), seed + index));
  if (bare === 'String') return `text ${seed}`;
  if (bare === 'Int') return seed;
  if (kinds.includes(bare)) return { __typename: bare };
  return { __typename: kinds[seed % kinds.length] };
};

const aliases = ['', '', 'x: ', 'name: ', 'free: '];

/** Text of a random selection for a type, at most so deep. */
const selection = (type: GraphQLCompositeType, depth: number): fc.Arbitrary<string> => {
  const fields = isUnionType(type) ? [] : Object.values(type.getFields());
  const field = fields
    .map(({ name, type: target }) => ({ name, target: getNamedType(target) }))
    .filter(({ target }) => !isCompositeType(target) || depth > 0)
    .map(({ name, target }) => {
      const below = isCompositeType(target) ? selection(target, depth - 1) : fc.constant('');
      return fc.tuple(fc.constantFrom(...aliases), below).map(([alias, inner]) => `${alias}${name} ${inner}`);
    });
  const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
  const narrowed =
    depth > 0
      ? possible.map((one) => selection(one, depth - 1).map((inner) => `... on ${one.name} ${inner}`))
      : [];
  const marked = fc.constantFrom(
    '... @include(if: true) { __typename }',
    '... @skip(if: $yes) { __typename }',
    '__typename',
  );
  return fc
    .array(fc.oneof(...field, ...narrowed, marked), { minLength: 1, maxLength: 4 })
    .map((parts) => `{ ${parts.join(' ')} }`);
};

const root = schema.getQueryType();
const operations = root
  ? selection(root, 4)
      .map((text) => `query ($yes: Boolean = true) { ... @skip(if: $yes) { __typename } ${text.slice(1)}`)
      .filter((text) => validate(schema, parse(text)).length === 0)
  : fc.constant('');

const callers = fc.option(
  fc.subarray(['s', 't', 'b']).map((scopes) => ({
    subject: 'x',
    name: '',
    level: 'NONE' as const,
    roles: new Set<never>(),
    scopes: new Set(scopes),
    assurance: 'ONE_FACTOR' as const,
  })),
  { nil: null },
);

const typeResolver = (value: unknown): string => (value as { __typename: string }).__typename;

test('what is pruned, executed and restored is what resolvers that refuse would answer, and nothing refused is touched', () => {
  fc.assert(
    fc.property(operations, callers, (text, actor) => {
      const rights = rightsOf(guards, actor);
      const document = parse(text);
      const execute = (asked: typeof document, guarded: boolean, touched: Set<string>) =>
        executeSync({
          schema,
          document: asked,
          fieldResolver: world(rights, guarded, touched),
          typeResolver,
        });
      const expected = execute(document, true, new Set());

      const pruned = prune(schema, guards, rights, document, undefined);
      if (!pruned) throw new Error('the operation is there');
      const touched = new Set<string>();
      const fetched = pruned.allowed ? execute(pruned.allowed.document, false, touched) : { data: {} };
      expect([...touched]).toEqual([]);
      expect(fetched.errors).toBeUndefined();
      if (!pruned.refused) {
        expect(expected.errors).toBeUndefined();
        return;
      }
      const restored = restore(schema, guards, rights, pruned, {}, { ...fetched.data });
      expect(restored.data).toEqual(expected.data);
      const paths = new Set(restored.errors.map(({ path }) => path?.join('.')));
      for (const { path } of expected.errors ?? [])
        if (paths.size < 200) expect(paths).toContain(path?.join('.'));
    }),
    { numRuns: process.env.TEST_SIZE === 'long' ? 5_000 : 200 },
  );
});

test('the hash is that of what is left, so that callers with equal rights share a plan and others do not', () => {
  const document = parse('{ a { free name } }');
  const hashOf = (scopes: string[]) => {
    const actor = {
      subject: 'x',
      name: '',
      level: 'NONE' as const,
      roles: new Set<never>(),
      scopes: new Set(scopes),
      assurance: 'ONE_FACTOR' as const,
    };
    return prune(schema, guards, rightsOf(guards, actor), document, undefined)?.allowed?.hash;
  };
  expect(hashOf(['t'])).toBe(hashOf(['b']));
  expect(hashOf(['t'])).not.toBe(hashOf(['s']));
});
