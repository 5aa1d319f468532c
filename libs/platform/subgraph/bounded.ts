import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isObjectType,
} from 'graphql';
import type { RequestContext } from '../service/context.ts';

type Field = GraphQLField<unknown, RequestContext>;

const isPromise = (value: unknown): value is Promise<unknown> =>
  typeof (value as { then?: unknown } | null | undefined)?.then === 'function';

const objectsIn = (value: unknown): number => {
  if (Array.isArray(value)) return value.length;
  return value === null || value === undefined ? 0 : 1;
};

/** Where an operation is over its fields are never answered, so nothing below them is ever begun. */
const never = (): Promise<never> => new Promise(() => undefined);

const bound = (field: Field): void => {
  const yieldsObjects = isCompositeType(getNamedType(field.type));
  if (!yieldsObjects && field.resolve === undefined) return;
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = (parent, args, context, info) => {
    const { effort } = context;
    const counted = (found: unknown): unknown => {
      if (yieldsObjects) effort.spend(objectsIn(found));
      return effort.isOver ? never() : found;
    };
    if (effort.isOver) return never();
    const found: unknown = resolve(parent, args, context, info);
    return isPromise(found) ? found.then(counted) : counted(found);
  };
};

/**
 * Counts every object that an operation finds, lists before their entries are looked at, and begins no further field
 * once the operation's effort is over. What runs already (a statement, a command) comes to its own end. The server
 * must answer by `effort.over`: execution itself then never ends.
 */
export const withinEffort = (schema: GraphQLSchema): GraphQLSchema => {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) bound(field);
  }
  return schema;
};
