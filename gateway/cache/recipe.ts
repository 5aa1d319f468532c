import {
  type ArgumentNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isObjectType,
  Kind,
  OperationTypeNode,
  type SelectionSetNode,
} from 'graphql';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { fragmentsOf } from '../documents/fragments.ts';
import type { Cacheables } from './cacheable.ts';
import { ofPlace, regionOf, tagsOf } from './tags.ts';

/** How the answers of one operation are kept; worked out once for a document. */
export type Recipe = {
  /** No answer is kept longer. */
  readonly seconds: number;
  /** What its answers are made of, as `service.topic`. */
  readonly topics: readonly string[];
  /** The variables that decide, by name. */
  readonly variables: readonly string[];
  /** The tags of an answer to this caller with these variables. */
  tags(actor: Actor | null, variables: Readonly<Record<string, unknown>>): readonly string[];
};

/** The place that narrows topics: written in the document, in a variable, or left to the caller's own. */
type Place = { value: unknown } | { variable: string; preset: unknown } | 'own';

type Topics = { topics: readonly string[]; place: Place | undefined };

class Uncacheable extends Error {}

class Reading {
  readonly #schema: GraphQLSchema;
  readonly #cacheables: Cacheables;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #presets: ReadonlyMap<string, unknown>;
  readonly found: Topics[] = [];
  seconds = Number.POSITIVE_INFINITY;

  constructor(
    schema: GraphQLSchema,
    cacheables: Cacheables,
    fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    presets: ReadonlyMap<string, unknown>,
  ) {
    this.#schema = schema;
    this.#cacheables = cacheables;
    this.#fragments = fragments;
    this.#presets = presets;
  }

  selections({ selections }: SelectionSetNode, parent: GraphQLObjectType): void {
    for (const node of selections) {
      if (node.kind === Kind.FIELD) this.#field(node.name.value, node.arguments, node.selectionSet, parent);
      else {
        const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : this.#fragments.get(node.name.value);
        const condition = fragment?.typeCondition?.name.value ?? parent.name;
        // Kept types have no interfaces of their own: a condition of another type is no object's.
        if (!fragment || condition !== parent.name) throw new Uncacheable();
        this.selections(fragment.selectionSet, parent);
      }
    }
  }

  #field(
    name: string,
    written: readonly ArgumentNode[] | undefined,
    set: SelectionSetNode | undefined,
    parent: GraphQLObjectType,
  ): void {
    if (name === '__typename') return;
    const cacheable = this.#cacheables.get(`${parent.name}.${name}`);
    if (!cacheable) throw new Uncacheable();
    this.seconds = Math.min(this.seconds, cacheable.seconds ?? this.seconds);
    if (cacheable.topics.length > 0) {
      const place = cacheable.regionBy === undefined ? undefined : this.#place(written, cacheable.regionBy);
      this.found.push({ topics: cacheable.topics, place });
    }
    if (!set) return;
    const type = getNamedType(parent.getFields()[name]?.type);
    if (!isObjectType(type)) throw new Uncacheable();
    this.selections(set, this.#schema.getType(type.name) as GraphQLObjectType);
  }

  #place(written: readonly ArgumentNode[] | undefined, argument: string): Place {
    const value = written?.find(({ name }) => name.value === argument)?.value;
    switch (value?.kind) {
      case Kind.VARIABLE:
        return { variable: value.name.value, preset: this.#presets.get(value.name.value) };
      case Kind.STRING:
        return { value: value.value };
      case Kind.INT:
        return { value: value.value };
      default:
        return 'own';
    }
  }
}

const regionFor = (
  place: Place,
  actor: Actor | null,
  variables: Readonly<Record<string, unknown>>,
): string => {
  if (place === 'own') return ofPlace(actor);
  const named = 'value' in place ? place.value : (variables[place.variable] ?? place.preset);
  return named === undefined || named === null ? ofPlace(actor) : regionOf(named);
};

/**
 * How answers of an operation are kept; undefined where one of its fields may not stand in a kept answer. The document must be
 * valid.
 */
export const recipeOf = (
  schema: GraphQLSchema,
  cacheables: Cacheables,
  document: DocumentNode,
  operationName: string | undefined,
): Recipe | undefined => {
  const operation = getOperationAST(document, operationName);
  const query = schema.getQueryType();
  if (operation?.operation !== OperationTypeNode.QUERY || !query) return undefined;
  const definitions = operation.variableDefinitions ?? [];
  const presets = new Map(
    definitions.map(({ variable, defaultValue }) => [
      variable.name.value,
      defaultValue && 'value' in defaultValue ? defaultValue.value : undefined,
    ]),
  );
  const reading = new Reading(schema, cacheables, fragmentsOf(document), presets);
  try {
    reading.selections(operation.selectionSet, query);
  } catch (error) {
    if (error instanceof Uncacheable) return undefined;
    throw error;
  }
  if (!Number.isFinite(reading.seconds)) return undefined;
  const fixed = tagsOf(reading.found.flatMap(({ topics, place }) => (place === undefined ? topics : [])));
  const placed = reading.found.filter(({ place }) => place !== undefined);
  return {
    seconds: reading.seconds,
    topics: [...new Set(reading.found.flatMap(({ topics }) => topics))],
    variables: definitions.map(({ variable }) => variable.name.value),
    tags: (actor, variables) =>
      placed.length === 0
        ? fixed
        : [
            ...new Set([
              ...fixed,
              ...placed.flatMap(({ topics, place }) =>
                tagsOf(topics, place && regionFor(place, actor, variables)),
              ),
            ]),
          ],
  };
};
