import type { GraphQLField, GraphQLSchema } from 'graphql';
import { type Guards, isTagged } from '../authorization/guards.ts';

/** For whom a door to the graph may be: each has a variant of the schema. */
export const audiences = ['ministry', 'school', 'guardian', 'integrator', 'public'] as const;
export type Audience = (typeof audiences)[number];

const everybody: ReadonlySet<Audience> = new Set(audiences);

/** What signed-in callers ask and follow: readers of all offices, and integrators. */
const readers: readonly Audience[] = ['ministry', 'school', 'integrator'];
/** Who changes something: schools, and the authorities that decide about their registrations. */
const writers: readonly Audience[] = ['school'];

/**
 * To whom a field of a root belongs: to those alone whom a tag `only-…` names; a query without a guard to everybody; all else
 * by what it does, and to those audiences beside that its tags name.
 */
export const audiencesOf = (
  schema: GraphQLSchema,
  guards: Guards,
  root: string,
  field: GraphQLField<unknown, unknown>,
): ReadonlySet<Audience> => {
  const only = audiences.filter((audience) => isTagged(field, `only-${audience}`));
  if (only.length > 0) return new Set(only);
  const isQuery = root === schema.getQueryType()?.name;
  if (isQuery && guards.demandsOf(root, field.name).length === 0) return everybody;
  const ruled = root === schema.getMutationType()?.name ? writers : readers;
  return new Set([...ruled, ...audiences.filter((audience) => isTagged(field, audience))]);
};
