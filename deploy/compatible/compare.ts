import { transformSupergraphToPublicSchema } from '@theguild/federation-composition';
import {
  buildASTSchema,
  findBreakingChanges,
  type GraphQLSchema,
  isObjectType,
  parse,
  validate,
} from 'graphql';
import { readGuards } from '#gateway/authorization/guards.ts';
import { withoutSecurityPurpose } from '#gateway/compose.ts';

/** A change that was decided on although it breaks something, as `gateway/breaking-changes.json` has it. */
export type Deliberate = { change: string; reason: string; decidedOn: string };

/** What a change of the supergraph takes from those who use it; sentences name each place. */
export type Comparison = {
  /** Removed, narrowed or newly guarded, and decided on by nobody. */
  breaking: string[];
  /** The same, decided on. */
  deliberate: Deliberate[];
  /** Documents of clients that fit before and do not fit now, with the first reason, which no decision covers. */
  documents: string[];
};

type Document = { name: string; body: string };

/** What clients see of a supergraph. */
export const publicSchema = (supergraph: string): GraphQLSchema =>
  buildASTSchema(transformSupergraphToPublicSchema(parse(supergraph, { noLocation: true })));

/** Fields of objects with what they demand of the caller. */
const demandsOf = (supergraph: string): Map<string, ReadonlySet<string>> => {
  const schema = buildASTSchema(parse(withoutSecurityPurpose(supergraph)), { assumeValidSDL: true });
  const guards = readGuards(schema);
  const all = new Map<string, ReadonlySet<string>>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.keys(type.getFields())) {
      const demands = guards.demandsOf(type.name, field).map((at) => JSON.stringify(guards.demands[at]));
      all.set(`${type.name}.${field}`, new Set(demands));
    }
  }
  return all;
};

const newlyGuarded = (before: string, after: string): string[] => {
  const known = demandsOf(before);
  return [...demandsOf(after)].flatMap(([field, demands]) => {
    const earlier = known.get(field);
    return earlier && [...demands].some((demand) => !earlier.has(demand))
      ? [`${field} demands more of the caller.`]
      : [];
  });
};

const reasonsOf = (schema: GraphQLSchema, body: string): string[] =>
  validate(schema, parse(body)).map(({ message }) => message);

/** Compares two supergraphs as clients see them; `documents` are those that clients are known to send. */
export const compareSupergraphs = (
  before: string,
  after: string,
  documents: readonly Document[],
  decided: readonly Deliberate[],
): Comparison => {
  const [earlier, later] = [publicSchema(before), publicSchema(after)];
  const changes = [
    ...findBreakingChanges(earlier, later).map(({ description }) => description),
    ...newlyGuarded(before, after),
  ];
  const byChange = new Map(decided.map((one) => [one.change, one]));
  const deliberate = changes.flatMap((change) => byChange.get(change) ?? []);
  const broken = documents.flatMap(({ name, body }) => {
    const [first] = reasonsOf(earlier, body).length === 0 ? reasonsOf(later, body) : [];
    return first === undefined ? [] : [`${name}: ${first}`];
  });
  return {
    breaking: changes.filter((change) => !byChange.has(change)),
    deliberate,
    documents: deliberate.length > 0 && deliberate.length === changes.length ? [] : broken,
  };
};
