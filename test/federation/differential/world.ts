import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type DocumentNode,
  executeSync,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  parse,
} from 'graphql';
import type { Subgraph } from '#gateway/compose.ts';
import { type Chance, chanceOf } from './chance.ts';

/** An object of the world: what it is, and the text from which all that it holds follows. */
type Thing = Record<string, unknown> & { __typename: string };

const told = Symbol('told');
const textOf = (thing: Thing): string =>
  (thing[told as unknown as string] as string) ?? JSON.stringify(thing);

const freeForm: readonly unknown[] = [
  'free',
  7,
  true,
  [1, [2]],
  { ä: { b: '一' } },
  { __typename: 'Free' },
  [],
];

const leaf = (name: string, chance: Chance): unknown => {
  switch (name) {
    case 'ID':
      return String(1 + chance.below(4));
    case 'Int':
      return chance.below(100);
    case 'Float':
      return chance.below(100) / 4;
    case 'Boolean':
      return chance.percent(50);
    case 'String':
      return chance.pick(['', 'öne', '二', 'three "four"\u0007\ud800', '__typename']);
    default:
      return chance.pick(freeForm);
  }
};

/** A value of the type that follows from a text. */
const drawn = (schema: GraphQLSchema, type: GraphQLOutputType, text: string, chance: Chance): unknown => {
  if (isNonNullType(type))
    return drawn(schema, type.ofType, text, chance) ?? fallback(schema, type.ofType, text);
  if (chance.percent(12)) return null;
  if (isListType(type)) {
    return Array.from({ length: chance.below(4) }, (_, index) =>
      drawn(schema, type.ofType, `${text}[${index}]`, chance),
    );
  }
  if (isEnumType(type)) return chance.pick(type.getValues()).value;
  if (isLeafType(type)) return leaf(type.name, chance);
  const concrete = isAbstractType(type) ? chance.pick(schema.getPossibleTypes(type)) : type;
  return { __typename: concrete.name, [told]: `${concrete.name}${text}` };
};

const fallback = (schema: GraphQLSchema, type: GraphQLOutputType, text: string): unknown => {
  for (let turn = 0; ; turn++) {
    const value = drawn(schema, type, text, chanceOf(`${text}${turn}`));
    if (value !== null) return value;
  }
};

const codes = ['NOT_FOUND', 'OUT_OF_JURISDICTION', 'INVALID_GRAPHQL', undefined];

/** Objects hold what follows from themselves and the seed; a share of the fields, in per cent, fails. */
const resolverOf =
  (seed: string, failing: number): GraphQLFieldResolver<Thing | undefined, unknown> =>
  (source, args, _context, { fieldName, returnType, schema, parentType }) => {
    const own = source?.[fieldName];
    if (own !== undefined) return own;
    const text = `${seed}${source ? textOf(source) : parentType.name}.${fieldName}${JSON.stringify(args)}`;
    const chance = chanceOf(text);
    if (chance.percent(failing)) {
      const code = chance.pick(codes);
      throw new GraphQLError(code ? 'refused' : '', { extensions: code ? { code, extra: 1 } : {} });
    }
    return drawn(schema, returnType, text, chance);
  };

/** What one subgraph answers. */
export type AnswerOf = (query: string, variables: Record<string, unknown>, world: World) => string;

/** The seed of what all objects hold, and how many of a hundred fields fail. */
export type World = { seed: string; failing: number };

/** A subgraph that answers every question by its schema, always in the same way. */
export const createSubgraph = ({ sdl }: Subgraph): AnswerOf => {
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl) }]);
  const documents = new Map<string, DocumentNode>();
  return (query, variables, { seed, failing }) => {
    const document = documents.get(query) ?? parse(query);
    documents.set(query, document);
    const answer = executeSync({
      schema,
      document,
      variableValues: variables,
      fieldResolver: resolverOf(seed, failing),
      typeResolver: (value) => (value as Thing).__typename,
    });
    return JSON.stringify(answer);
  };
};
