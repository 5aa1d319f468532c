import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLSchema,
  isObjectType,
  valueFromASTUntyped,
} from 'graphql';
import { AppError, unauthenticated } from '../errors/errors.ts';
import type { RequestContext } from '../service/context.ts';

type Guard = (context: RequestContext) => AppError | undefined;

const refused = () =>
  new AppError('UNAUTHORIZED_FIELD_OR_TYPE', '无权读取此项。 You may not read this field.');

const argument = (field: GraphQLField<unknown, RequestContext>, directive: string, name: string): unknown => {
  const node = field.astNode?.directives?.find((candidate) => candidate.name.value === directive);
  const value = node?.arguments?.find((candidate) => candidate.name.value === name)?.value;
  return value === undefined ? undefined : valueFromASTUntyped(value);
};

const has = (field: GraphQLField<unknown, RequestContext>, directive: string): boolean =>
  field.astNode?.directives?.some((candidate) => candidate.name.value === directive) ?? false;

/** Outer list: any of; inner list: all of. */
const anyOfAll = (alternatives: unknown, test: (item: string) => boolean): boolean =>
  Array.isArray(alternatives) &&
  alternatives.some((all) => Array.isArray(all) && all.every((item) => test(String(item))));

const guardsOf = (field: GraphQLField<unknown, RequestContext>): Guard[] => {
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
 * the SDL become checks before the field's resolver.
 */
export const withGuards = (schema: GraphQLSchema): GraphQLSchema => {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const guards = guardsOf(field);
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
