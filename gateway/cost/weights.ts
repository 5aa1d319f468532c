import {
  type ConstDirectiveNode,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  valueFromASTUntyped,
} from 'graphql';

/** How long a list may be, as `@listSize` tells. */
export type ListSize = {
  assumedSize?: number;
  /** Arguments that say how many entries are wanted; the largest of those given counts. */
  slicingArguments: readonly string[];
  /** Fields of the answer that hold the list, where the field itself leads to a page of it. */
  sizedFields: readonly string[];
};

/** What a schema says of cost; undefined where it says nothing. Places are `Type`, `Type.field`, `Type.field.argument`. */
export type Weights = {
  of(place: string): number | undefined;
  listSize(place: string): ListSize | undefined;
};

/** The feature whose directives these are; composition keeps it as a @link of the supergraph. */
const COST_SPEC = /^https:\/\/specs\.apollo\.dev\/cost\/v0\.\d+$/;

const argument = (node: ConstDirectiveNode, name: string): unknown => {
  const found = node.arguments?.find((each) => each.name.value === name);
  return found && valueFromASTUntyped(found.value);
};

/** Under which names a supergraph has the two directives: their own, or those that its @link gives them. */
const namesIn = (supergraph: string): { cost: string; listSize: string } => {
  const names = { cost: 'cost', listSize: 'listSize' };
  const links = parse(supergraph, { noLocation: true }).definitions.flatMap((node) =>
    node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION
      ? (node.directives ?? [])
      : [],
  );
  const link = links.find((node) => COST_SPEC.test(String(argument(node, 'url'))));
  const imports = link && argument(link, 'import');
  for (const each of Array.isArray(imports) ? (imports as unknown[]) : []) {
    const { name, as = name } = (typeof each === 'string' ? { name: each } : each) as {
      name?: string;
      as?: string;
    };
    if (name === '@cost') names.cost = String(as).slice(1);
    if (name === '@listSize') names.listSize = String(as).slice(1);
  }
  return names;
};

type Noted = { directives?: readonly ConstDirectiveNode[] } | null | undefined;

const strings = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/**
 * Reads `@cost` and `@listSize` (IBM's specification of cost directives, in Federation since 2.9) out of a supergraph and the schema
 * that was built of it with all its directives.
 */
export const readWeights = (supergraph: string, schema: GraphQLSchema): Weights => {
  const names = namesIn(supergraph);
  const weights = new Map<string, number>();
  const sizes = new Map<string, ListSize>();
  const note = (place: string, ...nodes: readonly Noted[]): void => {
    for (const node of nodes.flatMap((each) => each?.directives ?? [])) {
      if (node.name.value === names.cost) weights.set(place, Number(argument(node, 'weight')));
      if (node.name.value !== names.listSize) continue;
      const assumedSize = argument(node, 'assumedSize');
      sizes.set(place, {
        ...(assumedSize === undefined || assumedSize === null ? {} : { assumedSize: Number(assumedSize) }),
        slicingArguments: strings(argument(node, 'slicingArguments')),
        sizedFields: strings(argument(node, 'sizedFields')),
      });
    }
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    note(type.name, type.astNode, ...type.extensionASTNodes);
    if (isEnumType(type)) continue;
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) note(`${type.name}.${field.name}`, field.astNode);
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      note(`${type.name}.${field.name}`, field.astNode);
      for (const each of field.args) note(`${type.name}.${field.name}.${each.name}`, each.astNode);
    }
  }
  return { of: (place) => weights.get(place), listSize: (place) => sizes.get(place) };
};
