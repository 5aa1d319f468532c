import {
  type DocumentNode,
  type GraphQLSchema,
  isAbstractType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { Guards } from '../authorization/guards.ts';

/** True where a document reads nothing that is guarded; introspection does not count. */
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
        if (types.some((type) => guards.demandsOf(type.name, name.value).length > 0)) guarded = true;
      },
    }),
  );
  return !guarded;
};
