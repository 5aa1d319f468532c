import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';

/** Size of an operation with its fragments written out. Introspection fields below the root are not counted. */
export type Size = {
  depth: number;
  /** Lists of objects within one another: each multiplies what the one around it holds. */
  lists: number;
  aliases: number;
  directives: number;
  directivesOnOne: number;
  fields: number;
  rootFields: number;
};

const nothing: Size = {
  depth: 0,
  lists: 0,
  aliases: 0,
  directives: 0,
  directivesOnOne: 0,
  fields: 0,
  rootFields: 0,
};

const introspection = new Set(['__schema', '__type']);

/** Beside or below one another: what adds up is added, what is a maximum stays one. */
const beside = (one: Size, other: Size): Size => ({
  depth: Math.max(one.depth, other.depth),
  lists: Math.max(one.lists, other.lists),
  aliases: one.aliases + other.aliases,
  directives: one.directives + other.directives,
  directivesOnOne: Math.max(one.directivesOnOne, other.directivesOnOne),
  fields: one.fields + other.fields,
  rootFields: one.rootFields + other.rootFields,
});

/** What a selection stands in; undefined where validation finds that there is no such thing. */
type Parent = GraphQLNamedType | null | undefined;

class Measuring {
  readonly #schema: GraphQLSchema;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #sizes = new Map<string, Size>();

  constructor(schema: GraphQLSchema, document: DocumentNode) {
    this.#schema = schema;
    for (const node of document.definitions) {
      if (node.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(node.name.value, node);
    }
  }

  of(set: SelectionSetNode, parent: Parent): Size {
    return set.selections.map((node) => this.#selection(node, parent)).reduce(beside, nothing);
  }

  #selection(node: SelectionSetNode['selections'][number], parent: Parent): Size {
    const directives = node.directives?.length ?? 0;
    const own: Size = { ...nothing, directives, directivesOnOne: directives };
    switch (node.kind) {
      case Kind.FRAGMENT_SPREAD:
        return beside(own, this.#fragment(node.name.value));
      case Kind.INLINE_FRAGMENT: {
        const condition = node.typeCondition?.name.value;
        return beside(
          own,
          this.of(node.selectionSet, condition === undefined ? parent : this.#schema.getType(condition)),
        );
      }
      case Kind.FIELD: {
        const hidden = introspection.has(node.name.value);
        const type = this.#typeOf(parent, node.name.value);
        const below =
          node.selectionSet && !hidden ? this.of(node.selectionSet, type && getNamedType(type)) : nothing;
        const field = { ...own, aliases: node.alias ? 1 : 0, fields: 1 };
        return {
          ...beside(field, below),
          depth: below.depth + 1,
          lists: below.lists + (isListOfObjects(type) ? 1 : 0),
          rootFields: 1,
        };
      }
      default:
        return node satisfies never;
    }
  }

  #typeOf(parent: Parent, field: string) {
    return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[field]?.type : undefined;
  }

  /** Each fragment is measured once; one that spreads itself (which validation refuses) counts as nothing there. */
  #fragment(name: string): Size {
    const known = this.#sizes.get(name);
    if (known) return known;
    this.#sizes.set(name, nothing);
    const fragment = this.#fragments.get(name);
    const size = fragment
      ? this.of(fragment.selectionSet, this.#schema.getType(fragment.typeCondition.name.value))
      : nothing;
    this.#sizes.set(name, size);
    return size;
  }
}

/** True for a list whose entries have fields of their own. */
export const isListOfObjects = (type: Parameters<typeof getNullableType>[0]): boolean =>
  isListType(getNullableType(type)) && isCompositeType(getNamedType(type));

/** The largest of each measure over the operations of a document. */
export const measure = (schema: GraphQLSchema, document: DocumentNode): Size => {
  const measuring = new Measuring(schema, document);
  return document.definitions
    .filter((node) => node.kind === Kind.OPERATION_DEFINITION)
    .map((operation) => {
      const size = measuring.of(operation.selectionSet, schema.getRootType(operation.operation));
      const directives = operation.directives?.length ?? 0;
      return {
        ...size,
        directives: size.directives + directives,
        directivesOnOne: Math.max(size.directivesOnOne, directives),
      };
    })
    .reduce(
      (one, other) => ({
        depth: Math.max(one.depth, other.depth),
        lists: Math.max(one.lists, other.lists),
        aliases: Math.max(one.aliases, other.aliases),
        directives: Math.max(one.directives, other.directives),
        directivesOnOne: Math.max(one.directivesOnOne, other.directivesOnOne),
        fields: Math.max(one.fields, other.fields),
        rootFields: Math.max(one.rootFields, other.rootFields),
      }),
      nothing,
    );
};
