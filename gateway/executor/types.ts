import { type GraphQLSchema, isAbstractType, isInterfaceType, isObjectType } from 'graphql';

/** Names of the types whose objects a type condition lets in, interfaces among them; the condition's own in any case. */
export const namesWithin = (schema: GraphQLSchema, condition: string): ReadonlySet<string> => {
  const type = schema.getType(condition);
  const others = isAbstractType(type)
    ? Object.values(schema.getTypeMap()).filter(
        (one) => (isObjectType(one) || isInterfaceType(one)) && schema.isSubType(type, one),
      )
    : [];
  return new Set([condition, ...others.map(({ name }) => name)]);
};
