import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsOf } from '../documents/fragments.ts';
import { askedOf, costOfInput, isLeftOut, presetsOf, type Variables } from './values.ts';
import type { ListSize, Weights } from './weights.ts';

/** What an operation is estimated to cost with these variables. */
export type Cost = (given: Variables) => number;

/** How many entries the lists of these names have, as the field around them tells. */
type Sized = { fields: readonly string[]; entries: number };

/** Cost of a selection within a field that may tell the size of its lists. */
type Part = (variables: Variables, sized: Sized | undefined) => number;

/** What is selected at one place of the answer under one condition of type. */
type Gathered = Map<
  string,
  { field: FieldNode; on: GraphQLNamedType; sets: SelectionSetNode[]; asked: Asked[] }
>;
/** A node is asked for where none of its directives, nor of those around it, leaves it out. */
type Asked = (variables: Variables) => boolean;

/** Costs of what a schema says nothing about, as the specification has them. */
const MUTATION = 10;
const always: Asked = () => true;

/** How one document is estimated: the schema, what it says of cost, and how long a list is of which nobody says. */
export type Estimating = { schema: GraphQLSchema; weights: Weights; assumedSize: number };

class Compiler {
  readonly #estimating: Estimating;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;

  constructor(estimating: Estimating, document: DocumentNode) {
    this.#estimating = estimating;
    this.#fragments = fragmentsOf(document);
  }

  /** Of an abstract type the dearest of its types counts, with what is selected on all of them. */
  selection(sets: readonly SelectionSetNode[], parent: GraphQLNamedType): Part {
    const gathered = new Map<GraphQLNamedType, Gathered>();
    for (const set of sets) this.#gather(set.selections, parent, parent, always, gathered);
    const common = this.#fields(gathered.get(parent) ?? new Map());
    const narrower = [...gathered].filter(([type]) => type !== parent);
    if (narrower.length === 0) return common;
    const parts = narrower.map(([type, fields]) => ({
      types: this.#typesOf(type),
      part: this.#fields(fields),
    }));
    const types = [...new Set(parts.flatMap((each) => [...each.types]))];
    return (variables, sized) => {
      const costs = parts.map(({ part }) => part(variables, sized));
      const ofType = types.map((type) =>
        parts.reduce((sum, each, index) => sum + (each.types.has(type) ? (costs[index] ?? 0) : 0), 0),
      );
      return common(variables, sized) + Math.max(...ofType);
    };
  }

  #typesOf(type: GraphQLNamedType): ReadonlySet<string> {
    const types = isAbstractType(type) ? this.#estimating.schema.getPossibleTypes(type) : [type];
    return new Set(types.map(({ name }) => name));
  }

  #gather(
    selections: readonly SelectionNode[],
    parent: GraphQLNamedType,
    on: GraphQLNamedType,
    asked: Asked,
    into: Map<GraphQLNamedType, Gathered>,
  ): void {
    for (const node of selections) {
      const directives = node.directives ?? [];
      const isAsked: Asked =
        directives.length === 0
          ? asked
          : (variables) => asked(variables) && !isLeftOut(directives, variables);
      if (node.kind === Kind.FIELD) {
        const fields = into.get(on) ?? new Map();
        into.set(on, fields);
        const key = (node.alias ?? node.name).value;
        const known = fields.get(key) ?? { field: node, on, sets: [], asked: [] };
        fields.set(key, known);
        known.asked.push(isAsked);
        if (node.selectionSet) known.sets.push(node.selectionSet);
        continue;
      }
      const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : this.#fragments.get(node.name.value);
      if (fragment === undefined) continue;
      const condition = fragment.typeCondition?.name.value;
      const named = condition === undefined ? on : this.#estimating.schema.getType(condition);
      if (named === undefined) continue;
      const wider = this.#isWithin(on, named) ? on : named;
      this.#gather(fragment.selectionSet.selections, parent, wider, isAsked, into);
    }
  }

  /** True where everything of the one type is of the other, which is then no narrower condition. */
  #isWithin(one: GraphQLNamedType, other: GraphQLNamedType): boolean {
    const types = this.#typesOf(other);
    return [...this.#typesOf(one)].every((type) => types.has(type));
  }

  #fields(gathered: Gathered): Part {
    const parts = [...gathered.values()].flatMap(({ field, on, sets, asked }) => {
      const definition =
        isObjectType(on) || isInterfaceType(on) ? on.getFields()[field.name.value] : undefined;
      if (definition === undefined) return [];
      const part = this.#field(field, on, definition, sets);
      if (asked.includes(always)) return [part];
      const isAsked: Asked = (variables) => asked.some((each) => each(variables));
      return [((variables, sized) => (isAsked(variables) ? part(variables, sized) : 0)) satisfies Part];
    });
    return (variables, sized) => parts.reduce((sum, part) => sum + part(variables, sized), 0);
  }

  #field(
    node: FieldNode,
    parent: GraphQLNamedType,
    field: GraphQLField<unknown, unknown>,
    sets: readonly SelectionSetNode[],
  ): Part {
    const { weights, assumedSize } = this.#estimating;
    const place = `${parent.name}.${field.name}`;
    const type = getNamedType(field.type);
    const weight = weights.of(place) ?? weights.of(type.name) ?? (isCompositeType(type) ? 1 : 0);
    const below: Part = sets.length > 0 ? this.selection(sets, type) : () => 0;
    const listSize = weights.listSize(place);
    const isList = isListType(getNullableType(field.type));
    const inputs = this.#inputs(node, place, field);
    return (variables, around) => {
      const told = listSize && sizeTold(listSize, node, field, variables);
      const fields = listSize?.sizedFields ?? [];
      const sized = fields.length > 0 ? { fields, entries: told ?? assumedSize } : undefined;
      const ofPage = around?.fields.includes(field.name) ? around.entries : undefined;
      const entries = isList ? (ofPage ?? told ?? assumedSize) : 1;
      return inputs(variables) + entries * (weight + below(variables, sized));
    };
  }

  #inputs(node: FieldNode, place: string, { args }: GraphQLField<unknown, unknown>): Cost {
    const given = (node.arguments ?? []).flatMap((each) => {
      const definition = args.find(({ name }) => name === each.name.value);
      return definition === undefined ? [] : [{ definition, value: each.value }];
    });
    const { weights } = this.#estimating;
    return (variables) =>
      given.reduce(
        (sum, { definition, value }) =>
          sum +
          costOfInput(weights, `${place}.${definition.name}`, definition.type, askedOf(value, variables)),
        0,
      );
  }
}

/** How many entries a request asks for; undefined where neither it nor the schema says so. */
const sizeTold = (
  { slicingArguments, assumedSize }: ListSize,
  node: FieldNode,
  { args }: GraphQLField<unknown, unknown>,
  variables: Variables,
): number | undefined => {
  const given = slicingArguments.flatMap((name) => {
    const value = node.arguments?.find((each) => each.name.value === name)?.value;
    const asked = value === undefined ? undefined : askedOf(value, variables);
    const preset = args.find((each) => each.name === name)?.defaultValue;
    const size = asked ?? preset;
    return typeof size === 'number' ? [Math.max(0, size)] : [];
  });
  return given.length > 0 ? Math.max(...given) : assumedSize;
};

/**
 * Makes of an operation what tells its cost for any variables: one for every object that may be answered, as many for a list as are
 * asked for or assumed, ten for a mutation, and other weights where the schema has them.
 */
export const compileCost = (
  estimating: Estimating,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): Cost => {
  const root = estimating.schema.getRootType(operation.operation);
  if (!root) return () => 0;
  const selection = new Compiler(estimating, document).selection([operation.selectionSet], root);
  const own = operation.operation === OperationTypeNode.MUTATION ? MUTATION : 0;
  const presets = presetsOf(operation);
  return (given) => own + selection({ ...presets, ...given }, undefined);
};
