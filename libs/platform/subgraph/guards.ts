import {
  type ConstDirectiveNode,
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
  valueFromASTUntyped,
} from 'graphql';
import { AppError, unauthenticated } from '../errors/errors.ts';
import type { RequestContext } from '../service/context.ts';

type Guard = (context: RequestContext) => AppError | undefined;

const refused = () =>
  new AppError('UNAUTHORIZED_FIELD_OR_TYPE', '无权读取此项。 You may not read this field.');

/** A field or a type, with the directives of its SDL. */
type Guarded = GraphQLField<unknown, RequestContext> | GraphQLObjectType;

const directivesOf = (guarded: Guarded): readonly ConstDirectiveNode[] => [
  ...(guarded.astNode?.directives ?? []),
  ...(isObjectType(guarded) ? guarded.extensionASTNodes.flatMap((node) => node.directives ?? []) : []),
];

const argument = (guarded: Guarded, directive: string, name: string): unknown => {
  const node = directivesOf(guarded).find((candidate) => candidate.name.value === directive);
  const value = node?.arguments?.find((candidate) => candidate.name.value === name)?.value;
  return value === undefined ? undefined : valueFromASTUntyped(value);
};

const has = (guarded: Guarded, directive: string): boolean =>
  directivesOf(guarded).some((candidate) => candidate.name.value === directive);

/** Outer list: any of; inner list: all of. */
const anyOfAll = (alternatives: unknown, test: (item: string) => boolean): boolean =>
  Array.isArray(alternatives) &&
  alternatives.some((all) => Array.isArray(all) && all.every((item) => test(String(item))));

const guardsOf = (field: Guarded): Guard[] => {
  const guards: Guard[] = [];
  if (has(field, 'authenticated'))
    guards.push(({ actor }) => (actor === null ? unauthenticated() : undefined));
  if (has(field, 'requiresScopes')) {
    const scopes = argument(field, 'requiresScopes', 'scopes');
    guards.push(({ actor }) =>
      actor && anyOfAll(scopes, (scope) => actor.scopes.has(scope)) ? undefined : refused(),
    );
  }
  if (has(field, 'policy')) {
    const policies = argument(field, 'policy', 'policies');
    guards.push(({ actor }) =>
      actor && anyOfAll(policies, (policy) => (actor.roles as ReadonlySet<string>).has(policy))
        ? undefined
        : refused(),
    );
  }
  return guards;
};

/**
 * Refuses guarded fields again in the subgraph, whoever calls it: @authenticated, @requiresScopes, @policy of
 * the SDL become checks before the field's resolver; those of a type hold for each of its fields.
 */
export const withGuards = (schema: GraphQLSchema): GraphQLSchema => {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const ofType = guardsOf(type);
    for (const field of Object.values(type.getFields())) {
      const guards = [...ofType, ...guardsOf(field)];
      if (guards.length === 0) continue;
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (parent, args, context: RequestContext, info) => {
        for (const guard of guards) {
          const refusal = guard(context);
          if (refusal) throw refusal;
        }
        return resolve(parent, args, context, info);
      };
    }
  }
  return schema;
};
