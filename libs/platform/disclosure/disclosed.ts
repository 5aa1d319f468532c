import { defaultFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import type { GrantFact } from '#libs/contracts/events/disclosure.ts';
import type { Actor } from '../actor/actor.ts';
import { AppError } from '../errors/errors.ts';
import type { RequestContext } from '../service/context.ts';

/** What a service tells other systems, and what becomes of it; all else is refused to them. */
export type Disclosed = {
  /** Ways to what is told, `Type.field`, with the arguments that may be given on the way. */
  passages: Readonly<Record<string, (args: Record<string, unknown>) => boolean>>;
  /** What may be granted, with what a value becomes when it goes out (PRV-04). */
  fields: Readonly<Record<string, (value: unknown) => unknown>>;
  /** Whether a field may be read under a grant on a day (PRV-05). */
  mayRead(grant: GrantFact, field: string, on: string): boolean;
  /** Whom an object is about, for the trail. */
  personOf(parent: unknown): string | undefined;
};

/** The grant under which an operation reads; OVER: the one that was named does not hold, or is another's. */
export type HeldGrant = { fact: GrantFact; on: string } | 'OVER';

/** Another system, whatever else its token says. */
export const isIntegrator = (actor: Actor | null): actor is Actor => actor?.roles.has('INTEGRATOR') === true;

/**
 * The grant that an operation names, or the only one that a client has. Undefined where none is named and there is not exactly
 * one: then the client has no scope.
 */
export const heldGrant = (
  { mayRead }: Disclosed,
  grants: readonly GrantFact[],
  named: string | undefined,
  on: string,
): HeldGrant | undefined => {
  const live = grants.filter((fact) => fact.fields.some((field) => mayRead(fact, field, on)));
  if (named !== undefined) {
    const fact = live.find(({ disclosure }) => disclosure === named);
    return fact === undefined ? 'OVER' : { fact, on };
  }
  const [only, ...others] = live;
  return only === undefined || others.length > 0 ? undefined : { fact: only, on };
};

const refusal = (message: string): AppError =>
  new AppError('OUT_OF_GRANT_SCOPE', message, { ruleId: 'PRV-05' });
const over = () =>
  refusal('批准不存在、已过期或已撤销。 There is no such grant, or it is over or was revoked.');
const outside = () => refusal('该字段不在批准的使用范围内。 The field is not within the grant.');

/**
 * Holds every field of a schema to the grant under which another system reads, before its resolver runs: what is outside is
 * never fetched, whatever alias or fragment it hides behind. What is inside goes out masked, and on the trail.
 */
export const withDisclosure = (schema: GraphQLSchema, disclosed: Disclosed): GraphQLSchema => {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const resolve = field.resolve ?? defaultFieldResolver;
      const name = `${type.name}.${field.name}`;
      const passage = Object.hasOwn(disclosed.passages, name) ? disclosed.passages[name] : undefined;
      const treat = Object.hasOwn(disclosed.fields, name) ? disclosed.fields[name] : undefined;

      const told = async (
        held: HeldGrant,
        ...[parent, args, context, info]: Parameters<typeof resolve>
      ): Promise<unknown> => {
        if (held === 'OVER') throw over();
        if (passage !== undefined) {
          if (!passage(args)) throw outside();
          return resolve(parent, args, context, info);
        }
        if (treat === undefined || !disclosed.mayRead(held.fact, name, held.on)) throw outside();
        const person = disclosed.personOf(parent);
        if (person !== undefined) (context as RequestContext).trail.read(person);
        return treat(await resolve(parent, args, context, info));
      };

      field.resolve = (parent, args, context: RequestContext, info) =>
        context.grant === undefined
          ? resolve(parent, args, context, info)
          : told(context.grant, parent, args, context, info);
    }
  }
  return schema;
};
