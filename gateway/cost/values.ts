import {
  type ConstValueNode,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  Kind,
  type OperationDefinitionNode,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';
import type { Weights } from './weights.ts';

/** The variables of a request, or what an operation sets for those that none gives. */
export type Variables = Readonly<Record<string, unknown>>;

/** What an operation sets for the variables that a request leaves out. */
export const presetsOf = ({ variableDefinitions = [] }: OperationDefinitionNode): Variables =>
  Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue === undefined
        ? []
        : [[variable.name.value, valueFromASTUntyped(defaultValue as ConstValueNode)]],
    ),
  );

/** The value of an argument as plain data. */
export const askedOf = (node: ValueNode, variables: Variables): unknown =>
  valueFromASTUntyped(node, variables);

/** True for a directive that leaves its node out under these variables. */
export const isLeftOut = (
  directives: readonly { name: { value: string }; arguments?: readonly { value: ValueNode }[] }[],
  variables: Variables,
): boolean =>
  directives.some(({ name: { value: name }, arguments: [condition] = [] }) => {
    if ((name !== 'skip' && name !== 'include') || condition === undefined) return false;
    const { value: node } = condition;
    const value = node.kind === Kind.BOOLEAN ? node.value : askedOf(node, variables) === true;
    return value === (name === 'skip');
  });

/** What an input costs: its own weight, or one for every object in it, and what its fields weigh. */
export const costOfInput = (
  weights: Weights,
  place: string,
  type: GraphQLInputType,
  value: unknown,
): number => {
  if (value === undefined || value === null) return 0;
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const entries = Array.isArray(value) ? value : [value];
    return entries.reduce((sum: number, each) => sum + costOfInput(weights, place, nullable.ofType, each), 0);
  }
  const named = getNamedType(nullable);
  const own = weights.of(place) ?? weights.of(named.name);
  if (!isInputObjectType(named)) return own ?? 0;
  const given = value as Record<string, unknown>;
  return Object.values(named.getFields()).reduce(
    (sum, field) => sum + costOfInput(weights, `${named.name}.${field.name}`, field.type, given[field.name]),
    own ?? 1,
  );
};
