import {
  type ArgumentNode,
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  print,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** @skip or @include: the variable or constant that decides, and the value with which the selection counts. */
export type Condition = { variable: string; holds: boolean } | { constant: boolean };

/** A selection with its fragments resolved; what is selected twice at one place is one. */
export type Selection = { key: string; conditions: readonly Condition[] } & (
  | { kind: 'field'; node: FieldNode; responseName: string; selections: readonly Selection[] | undefined }
  | { kind: 'fragment'; typeCondition: string | undefined; selections: readonly Selection[] }
);

/** The document has something that only the stock executor does; the message quotes nothing of a caller's. */
export class NotCompiled extends Error {}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

const condition = (name: string, [argument]: readonly ArgumentNode[]): Condition => {
  const holds = name === 'include';
  if (argument?.value.kind === Kind.VARIABLE) return { variable: argument.value.name.value, holds };
  if (argument?.value.kind === Kind.BOOLEAN) return { constant: argument.value.value === holds };
  throw new NotCompiled(`@${name} without a value`);
};

const conditionsOf = (directives: readonly DirectiveNode[] = []): Condition[] =>
  directives.map(({ name, arguments: given = [] }) => {
    if (name.value !== 'skip' && name.value !== 'include') throw new NotCompiled(`@${name.value}`);
    return condition(name.value, given);
  });

const keyOf = (name: string, directives: readonly DirectiveNode[] = []): string =>
  [name, ...directives.map((directive) => print(directive))].join(' ');

const selectionOf = (node: SelectionNode, fragments: Fragments): Selection => {
  const conditions = conditionsOf(node.directives);
  switch (node.kind) {
    case Kind.FIELD: {
      const responseName = (node.alias ?? node.name).value;
      // Such a key would be inherited by every object that is read and written here.
      if (responseName in Object.prototype) throw new NotCompiled('a key that every object has');
      if (responseName.startsWith('__') && responseName !== node.name.value) {
        throw new NotCompiled('an alias with two underscores');
      }
      const selections = node.selectionSet && selectionsOf(node.selectionSet, fragments);
      return {
        kind: 'field',
        key: keyOf(responseName, node.directives),
        conditions,
        node,
        responseName,
        selections,
      };
    }
    case Kind.INLINE_FRAGMENT: {
      const typeCondition = node.typeCondition?.name.value;
      const selections = selectionsOf(node.selectionSet, fragments);
      const key = keyOf(`... on ${typeCondition ?? ''}`, node.directives);
      return { kind: 'fragment', key, conditions, typeCondition, selections };
    }
    case Kind.FRAGMENT_SPREAD: {
      const fragment = fragments.get(node.name.value);
      if (!fragment) throw new NotCompiled('an unknown fragment');
      const selections = selectionsOf(fragment.selectionSet, fragments);
      const key = keyOf(`...${node.name.value}`, node.directives);
      return {
        kind: 'fragment',
        key,
        conditions,
        typeCondition: fragment.typeCondition.name.value,
        selections,
      };
    }
    default:
      return node satisfies never;
  }
};

/** Selections of one key become one, at the place of the first, with all that is selected below any of them. */
const merged = (selections: readonly Selection[]): Selection[] => {
  const byKey = Map.groupBy(selections, ({ key }) => key);
  return [...byKey.values()].map((same) => {
    const [first] = same as [Selection];
    if (same.length === 1 || !first.selections) return first;
    return { ...first, selections: merged(same.flatMap((one) => one.selections ?? [])) };
  });
};

/** The selections of a valid document, in the order in which the answer has them; throws NotCompiled. */
export const selectionsOf = (set: SelectionSetNode, fragments: Fragments): Selection[] =>
  merged(set.selections.map((node) => selectionOf(node, fragments)));
