import {
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { readGuards } from '../authorization/guards.ts';
import { type Audience, audiencesOf } from './audiences.ts';

/** What of a schema a variant keeps: fields as `Type.field`, and the types that they lead to. */
export type Kept = { fields: ReadonlySet<string>; types: ReadonlySet<string> };

type Fields = Map<string, Set<string>>;

const rootsOf = (schema: GraphQLSchema): string[] =>
  [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
    type ? [type.name] : [],
  );

/** Fields that the audience may have by themselves: of roots by their audiences, of others by their guards. */
const wantedBy = (schema: GraphQLSchema, audience: Audience): Fields => {
  const guards = readGuards(schema);
  const roots = new Set(rootsOf(schema));
  const wanted: Fields = new Map();
  const isWanted = (type: string, field: string): boolean =>
    audience !== 'public' || guards.demandsOf(type, field).length === 0;
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__') || !(isObjectType(type) || isInterfaceType(type))) continue;
    const holders = isInterfaceType(type) ? schema.getPossibleTypes(type) : [type];
    const fields = Object.values(type.getFields()).filter((field) =>
      roots.has(type.name)
        ? audiencesOf(schema, guards, type.name, field).has(audience)
        : holders.every(({ name }) => isWanted(name, field.name)),
    );
    wanted.set(type.name, new Set(fields.map(({ name }) => name)));
  }
  return wanted;
};

/** Takes out fields that lead to a type of which no field is left, until none does. */
const withoutEmpty = (schema: GraphQLSchema, wanted: Fields): Fields => {
  const isEmpty = (name: string): boolean => {
    const type = schema.getType(name);
    if (isUnionType(type)) return type.getTypes().every((member) => isEmpty(member.name));
    return isCompositeType(type) && wanted.get(name)?.size === 0;
  };
  let changed = true;
  while (changed) {
    changed = false;
    for (const [name, fields] of wanted) {
      const type = schema.getType(name);
      if (!isObjectType(type) && !isInterfaceType(type)) continue;
      for (const field of fields) {
        const target = type.getFields()[field]?.type;
        if (target && isEmpty(getNamedType(target).name)) changed = fields.delete(field);
      }
    }
  }
  return wanted;
};

/** Types that can be reached from the roots by these fields, with those that are named beside them. */
const reachableBy = (schema: GraphQLSchema, fields: Fields): Set<string> => {
  const reached = new Set<string>();
  const reach = (name: string): void => {
    const type = schema.getType(name);
    if (!type || reached.has(name) || fields.get(name)?.size === 0) return;
    reached.add(name);
    if (isUnionType(type)) for (const member of type.getTypes()) reach(member.name);
    if (isInterfaceType(type)) for (const one of schema.getPossibleTypes(type)) reach(one.name);
    if (isObjectType(type) || isInterfaceType(type)) {
      for (const one of type.getInterfaces()) reach(one.name);
      for (const field of Object.values(type.getFields())) {
        if (!fields.get(name)?.has(field.name)) continue;
        for (const each of [field, ...field.args]) reach(getNamedType(each.type).name);
      }
    } else if ('getFields' in type) {
      for (const field of Object.values(type.getFields())) reach(getNamedType(field.type).name);
    }
  };
  for (const root of rootsOf(schema)) if (fields.get(root)?.size) reach(root);
  return reached;
};

/** What the variant of an audience keeps of the schema of a supergraph. */
export const keptFor = (schema: GraphQLSchema, audience: Audience): Kept => {
  const fields = withoutEmpty(schema, wantedBy(schema, audience));
  const types = reachableBy(schema, fields);
  const named = [...fields].flatMap(([type, names]) => [...names].map((name) => `${type}.${name}`));
  return { fields: new Set(named), types };
};
