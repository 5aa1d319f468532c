import {
  type DocumentNode,
  type GraphQLSchema,
  isAbstractType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { Guards } from '../authorization/guards.ts';

const isClosed = (guards: Guards, type: string, field: string): boolean =>
  guards.demandsOf(type, field).length > 0 || guards.isPostOnly(type, field);

/**
 * True where a document reads nothing that is guarded and tells nothing of anybody; introspection does not count.
 */
export const isPublicDocument = (schema: GraphQLSchema, guards: Guards, document: DocumentNode): boolean => {
  const typeInfo = new TypeInfo(schema);
  let guarded = false;
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field: ({ name }) => {
        const parent = typeInfo.getParentType();
        if (!parent || name.value.startsWith('__')) return;
        const types = isAbstractType(parent) ? [parent, ...schema.getPossibleTypes(parent)] : [parent];
        if (types.some(({ name: type }) => isClosed(guards, type, name.value))) guarded = true;
      },
    }),
  );
  return !guarded;
};
