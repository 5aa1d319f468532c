import {
  type GraphQLObjectType,
  type GraphQLSchema,
  isUnionType,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
} from 'graphql';
import { badInput, type InputProblem } from '../errors/errors.ts';

/** Names of the fields of each key by which a type is found. */
type Keys = readonly (readonly string[])[];

const keysOfNode = ({
  directives = [],
}: ObjectTypeDefinitionNode | ObjectTypeExtensionNode): readonly string[][] =>
  directives
    .filter(({ name }) => name.value === 'key')
    .flatMap(({ arguments: args = [] }) => {
      const argument = (wanted: string) => args.find(({ name }) => name.value === wanted)?.value;
      const resolvable = argument('resolvable');
      if (resolvable?.kind === Kind.BOOLEAN && !resolvable.value) return [];
      const fields = argument('fields');
      return fields?.kind === Kind.STRING ? [fields.value.split(/\s+/).filter((word) => word !== '')] : [];
    });

const keysOf = ({ astNode, extensionASTNodes }: GraphQLObjectType): Keys =>
  [...(astNode ? [astNode] : []), ...extensionASTNodes].flatMap(keysOfNode);

const problem = (path: (string | number)[], code: string): InputProblem => ({
  path: ['representations', ...path],
  code,
  message: '不是本服务可解析的实体。 Not an entity that this service resolves.',
});

const problemsOf = (
  types: ReadonlyMap<string, Keys>,
  representation: unknown,
  at: number,
): InputProblem[] => {
  if (typeof representation !== 'object' || representation === null) return [problem([at], 'NOT_AN_OBJECT')];
  const given = representation as Record<string, unknown>;
  const keys = types.get(String(given.__typename));
  if (keys === undefined) return [problem([at, '__typename'], 'UNKNOWN_ENTITY')];
  const isIdentified = keys.some((fields) => fields.every((field) => typeof given[field] === 'string'));
  return isIdentified ? [] : [problem([at], 'KEY_MISSING')];
};

/**
 * Refuses representations that name no entity of this service, or no key of it, before any is resolved: the error is
 * the caller's (BAD_USER_INPUT with every place). Keys here are texts without structure.
 */
export const withCheckedEntities = (schema: GraphQLSchema): GraphQLSchema => {
  const entity = schema.getType('_Entity');
  const field = schema.getQueryType()?.getFields()._entities;
  const resolve = field?.resolve;
  if (!isUnionType(entity) || field === undefined || resolve === undefined) return schema;
  const types = new Map(
    entity
      .getTypes()
      .map((type) => [type.name, keysOf(type)] as const)
      .filter(([, keys]) => keys.length > 0),
  );
  field.resolve = (parent, args: { representations?: unknown }, context, info) => {
    const given = Array.isArray(args.representations) ? (args.representations as unknown[]) : [];
    const problems = given.flatMap((representation, at) => problemsOf(types, representation, at));
    if (problems.length > 0) throw badInput(problems.slice(0, 20));
    return resolve(parent, args, context, info);
  };
  return schema;
};
