import type { GraphQLSchema } from 'graphql';
import { merge } from './merge.ts';
import type { Data, Required } from './plan.ts';
import { namesWithin } from './types.ts';

/** Takes out of an object what a subgraph needs to know of it; null where something of that is missing. */
export type Represent = (source: unknown) => Data | null;

/** Writes one required thing into a representation; false where it is missing. */
type Write = (source: Data, result: Data) => boolean;

const responseName = ({ alias, name }: { alias?: string; name: string }): string => alias ?? name;

const writeField = (schema: GraphQLSchema, field: Extract<Required, { name: string }>): Write => {
  const name = responseName(field);
  const inner = field.selections && representation(schema, field.selections);
  return (source, result) => {
    const value = Object.hasOwn(source, name) ? source[name] : undefined;
    if (value === undefined) return false;
    if (!inner) result[name] = value;
    else result[name] = Array.isArray(value) ? value.map(inner) : inner(value);
    return true;
  };
};

const writeFragment = (
  schema: GraphQLSchema,
  { typeCondition, selections }: Exclude<Required, { name: string }>,
): Write => {
  if (typeCondition === undefined) return () => true;
  const names = namesWithin(schema, typeCondition);
  const inner = representation(schema, selections);
  return (source, result) => {
    if (source && names.has(source.__typename as string)) merge(result, inner(source));
    return true;
  };
};

/** What a fetch requires, ready to be taken from any number of objects. */
export const representation = (schema: GraphQLSchema, required: readonly Required[]): Represent => {
  const writes = required.map((one) =>
    one.kind === 'Field' ? writeField(schema, one) : writeFragment(schema, one),
  );
  return (source) => {
    if (source === null) return null;
    const result: Data = {};
    for (const write of writes) if (!write(source as Data, result)) return null;
    return result;
  };
};
