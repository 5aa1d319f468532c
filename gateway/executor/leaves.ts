import { type GraphQLLeafType, isEnumType, isSpecifiedScalarType } from 'graphql';

/** Whether a value other than null may stand at a place. */
export type IsValid = (value: unknown) => boolean;

const isWhole: IsValid = (value) => Number.isInteger(value) && Math.abs(value as number) < 1e21;
const isText: IsValid = (value) => typeof value === 'string';

const scalars: Readonly<Record<string, IsValid>> = {
  Boolean: (value) => typeof value === 'boolean',
  Int: isWhole,
  Float: Number.isFinite,
  ID: (value) => isText(value) || isWhole(value),
  String: isText,
};

/** Whether a value may stand for the type; scalars of the schema's own may be anything. */
export const validity = (type: GraphQLLeafType): IsValid => {
  if (isEnumType(type)) {
    const names = new Set<unknown>(type.getValues().map(({ name }) => name));
    return (value) => names.has(value);
  }
  return isSpecifiedScalarType(type) ? (scalars[type.name] ?? (() => true)) : () => true;
};
