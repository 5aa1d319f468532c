import {
  type ConstDirectiveNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isEnumType,
  isObjectType,
  valueFromASTUntyped,
} from 'graphql';
import type { Guards } from '../authorization/guards.ts';

/** What the schema says of a field that may stand in a kept answer. */
export type Cacheable = {
  /** For how long a query field may be kept; undefined below the query fields, which say it for what is in them. */
  readonly seconds: number | undefined;
  /** What it is made of, as `service.topic`. */
  readonly topics: readonly string[];
  /** The argument that names the place which the topics are narrowed to. */
  readonly regionBy: string | undefined;
};

/** The fields that may stand in a kept answer, by `Type.field`. */
export type Cacheables = ReadonlyMap<string, Cacheable>;

/** What the schema says for caches. */
export type Caching = {
  readonly fields: Cacheables;
  /** The services that a mutation is sent to. */
  readonly owners: ReadonlyMap<string, readonly string[]>;
};

/** Of a supergraph whose answers are never kept. */
export const noCaching: Caching = { fields: new Map(), owners: new Map() };

type Directed = { astNode?: { directives?: readonly ConstDirectiveNode[] } | null };

const directivesOf = ({ astNode }: Directed, name: string): Record<string, unknown>[] =>
  (astNode?.directives ?? [])
    .filter((directive) => directive.name.value === name)
    .map(({ arguments: said = [] }) =>
      Object.fromEntries(
        said.map(({ name: argument, value }) => [argument.value, valueFromASTUntyped(value)]),
      ),
    );

type Mark = { seconds?: number; topics?: string[]; regionBy?: string };

const markOf = (directed: Directed): Mark | undefined => directivesOf(directed, 'cached')[0];

/** The service of a topic. */
export const holderOf = (topic: string): string => topic.slice(0, topic.indexOf('.'));

/** Names of the subgraphs by the values that `@join__field` names them with. */
const graphNames = (supergraph: GraphQLSchema): ReadonlyMap<unknown, unknown> => {
  const graphs = supergraph.getType('join__Graph');
  const values = isEnumType(graphs) ? graphs.getValues() : [];
  return new Map(values.map((value) => [value.name, directivesOf(value, 'join__graph')[0]?.name]));
};

/**
 * Reads from the supergraph's schema which fields may stand in a kept answer: those of marked types, and the query fields that
 * say for how long. Out of the question is what another service has added to a type, what asks for more than a caller who is
 * signed in, and what may not stand in an address.
 */
const readCacheables = (supergraph: GraphQLSchema, guards: Guards): Cacheables => {
  const names = graphNames(supergraph);
  const found = new Map<string, Cacheable>();

  const isOpen = (type: GraphQLObjectType, field: GraphQLField<unknown, unknown>): boolean =>
    !guards.isPostOnly(type.name, field.name) &&
    guards.demandsOf(type.name, field.name).every((at) => guards.demands[at]?.kind === 'authenticated');

  /** An entity is put together from several services: only the ones that its topics name have marked their fields. */
  const isOfHolders = (
    type: GraphQLObjectType,
    field: GraphQLField<unknown, unknown>,
    { topics = [] }: Mark,
  ): boolean => {
    if (directivesOf(type, 'join__type').every(({ key }) => key === undefined)) return true;
    const holders = new Set(topics.map(holderOf));
    return directivesOf(field, 'join__field').every(({ graph }) => holders.has(String(names.get(graph))));
  };

  const leadsToMarked = (field: GraphQLField<unknown, unknown>): boolean => {
    const type = getNamedType(field.type);
    return !isCompositeType(type) || (isObjectType(type) && markOf(type) !== undefined);
  };

  for (const type of Object.values(supergraph.getTypeMap())) {
    if (!isObjectType(type) || type === supergraph.getMutationType()) continue;
    const isQuery = type === supergraph.getQueryType();
    const ofType = markOf(type);
    for (const field of Object.values(type.getFields())) {
      const own = markOf(field);
      const mark = isQuery ? own : (own ?? ofType);
      if (mark === undefined || mark.seconds === 0 || (isQuery && mark.seconds === undefined)) continue;
      if (!isOpen(type, field) || !leadsToMarked(field)) continue;
      if (!isQuery && (ofType === undefined || !isOfHolders(type, field, ofType))) continue;
      found.set(`${type.name}.${field.name}`, {
        seconds: mark.seconds,
        topics: [...new Set([...(own?.topics ?? []), ...(isQuery ? [] : (ofType?.topics ?? []))])],
        regionBy: mark.regionBy,
      });
    }
  }
  return found;
};

/** The services of each mutation; of one that only one service has mutations of, composition does not say so at the field. */
const readOwners = (supergraph: GraphQLSchema): Caching['owners'] => {
  const names = graphNames(supergraph);
  const mutation = supergraph.getMutationType();
  if (!mutation) return new Map();
  const graphsOf = (directed: Directed, directive: string): string[] =>
    directivesOf(directed, directive).map(({ graph }) => String(names.get(graph)));
  const all = graphsOf(mutation, 'join__type');
  return new Map(
    Object.values(mutation.getFields()).map((field) => {
      const own = graphsOf(field, 'join__field');
      return [field.name, own.length > 0 ? own : all];
    }),
  );
};

/** Reads from the supergraph's schema what caches have to know. */
export const readCaching = (supergraph: GraphQLSchema, guards: Guards): Caching => ({
  fields: readCacheables(supergraph, guards),
  owners: readOwners(supergraph),
});
