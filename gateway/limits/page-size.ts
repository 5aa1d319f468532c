import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  type ValueNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { InputProblem } from '#libs/platform/errors/errors.ts';
import { codedError } from '../coded-error.ts';

const sized = new Set(['first', 'last']);

/** One argument that says how large a page is, by the field that takes it. */
type Place = { field: string; argument: string; value: ValueNode };

const placesIn = (schema: GraphQLSchema, document: DocumentNode): Place[] => {
  const places: Place[] = [];
  const typeInfo = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Argument: ({ name, value }) => {
        const field = typeInfo.getFieldDef()?.name;
        if (sized.has(name.value) && field) places.push({ field, argument: name.value, value });
      },
    }),
  );
  return places;
};

const known = new WeakMap<DocumentNode, Place[]>();

/** Found once for each document: it is valid for one schema, with which it goes. */
const placesOf = (schema: GraphQLSchema, document: DocumentNode): Place[] => {
  const places = known.get(document) ?? placesIn(schema, document);
  known.set(document, places);
  return places;
};

/**
 * The error of an operation that asks for pages beyond the limit, in a literal, a variable or a default; every
 * such place is named. Undefined where all pages are within it.
 */
export const pageSizeError = (
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  most: number,
): GraphQLError | undefined => {
  const asked = (value: ValueNode): unknown => {
    if (value.kind === Kind.INT) return Number(value.value);
    if (value.kind !== Kind.VARIABLE) return undefined;
    const name = value.name.value;
    if (Object.hasOwn(variables, name)) return variables[name];
    const preset = operation.variableDefinitions?.find(
      ({ variable }) => variable.name.value === name,
    )?.defaultValue;
    return preset?.kind === Kind.INT ? Number(preset.value) : undefined;
  };
  const problems = placesOf(schema, document).flatMap(({ field, argument, value }): InputProblem[] => {
    const count = asked(value);
    if (typeof count !== 'number' || (count >= 0 && count <= most)) return [];
    return [
      {
        path: [field, argument],
        code: count < 0 ? 'PAGE_NEGATIVE' : 'PAGE_TOO_LARGE',
        message: `每页不超过 ${most} 条。 At most ${most} items a page.`,
      },
    ];
  });
  if (problems.length === 0) return undefined;
  const message = `${problems.length} 处分页过大。 ${problems.length} page size(s) beyond the limit.`;
  return codedError('BAD_USER_INPUT', message, { problems }, { status: 400 });
};
