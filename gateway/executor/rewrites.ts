import type { GraphQLSchema } from 'graphql';
import type { Data, Rewrite } from './plan.ts';
import { namesWithin } from './types.ts';

/** Changes an object, or all objects of a list, where the planner had to give a field another name or value. */
export type Change = (value: unknown) => void;

const onType = '... on ';

const own = (object: Data, key: string): unknown => (Object.hasOwn(object, key) ? object[key] : undefined);

const put = (object: Data, key: string, value: unknown): void => {
  Object.defineProperty(object, key, { configurable: true, enumerable: true, value, writable: true });
};

const changeOf = (rewrite: Rewrite, field: string): ((object: Data) => void) => {
  if (rewrite.kind === 'ValueSetter') return (object) => put(object, field, rewrite.setValueTo);
  return (object) => {
    const value = own(object, field);
    if (!value) return;
    put(object, rewrite.renameKeyTo, value);
    object[field] = undefined;
  };
};

const eachObject =
  (change: (object: Data) => void): Change =>
  (value) => {
    if (Array.isArray(value)) for (const item of value) eachObject(change)(item);
    else if (typeof value === 'object' && value !== null) change(value as Data);
  };

const at = (schema: GraphQLSchema, path: readonly string[], change: Change): Change => {
  const [first, ...rest] = path;
  if (first === undefined) return change;
  const inner = at(schema, rest, change);
  if (!first.startsWith(onType)) return eachObject((object) => inner(own(object, first)));
  const names = namesWithin(schema, first.slice(onType.length));
  return eachObject((object) => {
    if (!object.__typename || names.has(object.__typename as string)) inner(object);
  });
};

/** All rewrites of a fetch in their order; undefined where there are none. */
export const rewriting = (
  schema: GraphQLSchema,
  rewrites: readonly Rewrite[] | undefined,
): Change | undefined => {
  if (!rewrites || rewrites.length === 0) return undefined;
  const changes = rewrites.map((rewrite) =>
    at(schema, rewrite.path.slice(0, -1), eachObject(changeOf(rewrite, rewrite.path.at(-1) ?? ''))),
  );
  return (value) => {
    for (const change of changes) change(value);
  };
};
