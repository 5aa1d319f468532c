import { createHash } from 'node:crypto';
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  type InlineFragmentNode,
  isAbstractType,
  isCompositeType,
  isObjectType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Guards } from './guards.ts';
import type { Rights } from './rights.ts';

/** An operation and what of it the caller may have. */
export type Pruned = {
  operation: OperationDefinitionNode;
  fragments: Record<string, FragmentDefinitionNode>;
  /** True where something was taken out: then the answer has to be restored. */
  refused: boolean;
  /** What may be planned and fetched; undefined where nothing of the operation is left. */
  allowed: { document: DocumentNode; hash: string } | undefined;
};

const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

class Pruning {
  readonly #schema: GraphQLSchema;
  readonly #guards: Guards;
  readonly #rights: Rights;
  readonly #fragments: Record<string, FragmentDefinitionNode>;
  refused = false;

  constructor(
    schema: GraphQLSchema,
    guards: Guards,
    rights: Rights,
    fragments: Record<string, FragmentDefinitionNode>,
  ) {
    this.#schema = schema;
    this.#guards = guards;
    this.#rights = rights;
    this.#fragments = fragments;
  }

  /** What is left of the selections of an object of the given type; fragments are written out. */
  selections(set: SelectionSetNode, parent: GraphQLCompositeType): SelectionNode[] {
    return set.selections.flatMap((node) => {
      switch (node.kind) {
        case Kind.FIELD:
          return this.#field(node, parent);
        case Kind.INLINE_FRAGMENT:
          return this.#fragment(node, node.typeCondition?.name.value, node.selectionSet, parent);
        case Kind.FRAGMENT_SPREAD: {
          const fragment = this.#fragments[node.name.value];
          if (!fragment) return [];
          return this.#fragment(node, fragment.typeCondition.name.value, fragment.selectionSet, parent);
        }
        default:
          return node satisfies never;
      }
    });
  }

  #fragment(
    { directives }: Pick<SelectionNode, 'directives'>,
    condition: string | undefined,
    set: SelectionSetNode,
    parent: GraphQLCompositeType,
  ): SelectionNode[] {
    const narrowed = condition === undefined ? parent : this.#schema.getType(condition);
    if (!isCompositeType(narrowed)) return [];
    const left = this.selections(set, narrowed);
    return left.length === 0 ? [] : [inline(condition, left, directives)];
  }

  #field(node: FieldNode, parent: GraphQLCompositeType): SelectionNode[] {
    if (node.name.value === '__typename') return [node];
    if (isObjectType(parent)) return this.#fieldOf(node, parent);
    const possible = this.#schema.getPossibleTypes(parent);
    const allowed = possible.filter((type) => this.#may(type, node));
    if (allowed.length === possible.length) return this.#fieldOf(node, parent);
    this.refused = true;
    return allowed.map((type) => inline(type.name, this.#fieldOf(node, type)));
  }

  #fieldOf(node: FieldNode, parent: GraphQLCompositeType): SelectionNode[] {
    if (isObjectType(parent) && !this.#may(parent, node)) {
      this.refused = true;
      return [];
    }
    if (!node.selectionSet || node.name.value.startsWith('__') || isUnionType(parent)) return [node];
    const type = getNamedType(parent.getFields()[node.name.value]?.type);
    if (!isCompositeType(type)) return [node];
    const left = this.selections(node.selectionSet, type);
    // The name of the type tells afterwards which refusals belong to the object.
    const named = left.length === 0 || isAbstractType(type) ? [typename, ...left] : left;
    return [{ ...node, selectionSet: { kind: Kind.SELECTION_SET, selections: named } }];
  }

  #may(type: GraphQLObjectType, node: FieldNode): boolean {
    return this.#rights.meets(this.#guards.demandsOf(type.name, node.name.value));
  }
}

const inline = (
  condition: string | undefined,
  selections: readonly SelectionNode[],
  directives?: InlineFragmentNode['directives'],
): InlineFragmentNode => ({
  kind: Kind.INLINE_FRAGMENT,
  typeCondition:
    condition === undefined
      ? undefined
      : { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: condition } },
  directives,
  selectionSet: { kind: Kind.SELECTION_SET, selections },
});

/**
 * Takes the fields without right out of an operation, wherever they stand: below aliases, fragments,
 * interfaces, unions and type conditions. The hash is that of what is left, since query plans are kept by it.
 *
 * The document must be valid; undefined where the operation is not to be found in it.
 */
export const prune = (
  schema: GraphQLSchema,
  guards: Guards,
  rights: Rights,
  document: DocumentNode,
  operationName: string | undefined,
): Pruned | undefined => {
  const operation = getOperationAST(document, operationName);
  const root = operation ? schema.getRootType(operation.operation) : undefined;
  if (!operation || !root) return undefined;
  const fragments: Record<string, FragmentDefinitionNode> = {};
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments[node.name.value] = node;
  }
  const pruning = new Pruning(schema, guards, rights, fragments);
  const selections = pruning.selections(operation.selectionSet, root);
  return {
    operation,
    fragments,
    refused: pruning.refused,
    allowed: selections.length === 0 ? undefined : planned(operation, selections),
  };
};

const planned = (
  operation: OperationDefinitionNode,
  selections: readonly SelectionNode[],
): { document: DocumentNode; hash: string } => {
  const document: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [{ ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections } }],
  };
  return { document, hash: createHash('sha256').update(print(document)).digest('hex') };
};
