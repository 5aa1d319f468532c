import {
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  isScalarType,
  type OperationDefinitionNode,
  typeFromAST,
} from 'graphql';

const texts = ['1', '2026-09-01', '2026-09-01T08:00:00+08:00', '2026-09', '410503'];
const candidates: readonly unknown[] = [1, 2026, true, ...texts, {}, []];

/** The first thing that a scalar takes; undefined where it takes none of them. */
const scalarSample = (takes: (value: unknown) => unknown): unknown =>
  candidates.find((candidate) => {
    try {
      return takes(candidate) !== undefined;
    } catch {
      return false;
    }
  });

const sampleOf = (type: GraphQLInputType): unknown => {
  if (isNonNullType(type)) return sampleOf(type.ofType);
  if (isListType(type)) return [];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isScalarType(type)) return scalarSample((value) => type.parseValue(value));
  if (!isInputObjectType(type)) return null;
  const required = Object.values(type.getFields()).filter(isRequiredInputField);
  return Object.fromEntries(required.map((field) => [field.name, sampleOf(field.type)]));
};

/** Values that fit the variables which an operation must have: enough to plan it, nothing to run it with. */
export const sampleVariables = (
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
): Record<string, unknown> =>
  Object.fromEntries(
    variableDefinitions.flatMap(({ variable, type: node, defaultValue }) => {
      const type = typeFromAST(schema, node) as GraphQLInputType | undefined;
      return isNonNullType(type) && !defaultValue ? [[variable.name.value, sampleOf(type)]] : [];
    }),
  );
