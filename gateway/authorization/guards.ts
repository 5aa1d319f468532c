import {
  type ConstDirectiveNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  valueFromASTUntyped,
} from 'graphql';

/**
 * One demand on the caller. `scopes` and `policies`: one of the outer list, and all of its inner list.
 */
export type Demand =
  | { kind: 'authenticated' }
  | { kind: 'scopes'; anyOf: readonly (readonly string[])[] }
  | { kind: 'policies'; anyOf: readonly (readonly string[])[] };

/** What a caller must bring for each field of an object: every demand must be met; an open field has none. */
export type Guards = {
  /** Demands in a fixed order; the numbers of `demandsOf` point into it. */
  readonly demands: readonly Demand[];
  /** Demands of `type.field`, as positions in `demands`. */
  demandsOf(type: string, field: string): readonly number[];
  /** True for an open field whose arguments may be about somebody, and so must not stand in an address. */
  isPostOnly(type: string, field: string): boolean;
};

const listOf = (node: ConstDirectiveNode, name: string): string[][] => {
  const value = node.arguments?.find((argument) => argument.name.value === name)?.value;
  const lists: unknown = value === undefined ? [] : valueFromASTUntyped(value);
  return Array.isArray(lists)
    ? lists.map((inner) => (Array.isArray(inner) ? inner.map(String) : [String(inner)]))
    : [];
};

const demandsIn = (directives: readonly ConstDirectiveNode[] = []): Demand[] =>
  directives.flatMap((node): Demand[] => {
    switch (node.name.value) {
      case 'authenticated':
        return [{ kind: 'authenticated' }];
      case 'requiresScopes':
        return [{ kind: 'scopes', anyOf: listOf(node, 'scopes') }];
      case 'policy':
        return [{ kind: 'policies', anyOf: listOf(node, 'policies') }];
      default:
        return [];
    }
  });

const ofType = (type: GraphQLNamedType): Demand[] => [
  ...demandsIn(type.astNode?.directives),
  ...type.extensionASTNodes.flatMap((node) => demandsIn(node.directives)),
];

/**
 * Demands of a field of an object: its own and those of the types that it stands in and leads to. Composition
 * has seen to it that a field with @requires demands what it reads. Guards that composition puts on interfaces
 * only repeat those of the objects behind them, which are what counts here.
 */
const demandsOfField = (type: GraphQLObjectType, field: GraphQLField<unknown, unknown>): Demand[] => {
  const target = getNamedType(field.type);
  return [
    ...ofType(type),
    ...demandsIn(field.astNode?.directives),
    ...(isInterfaceType(target) ? [] : ofType(target)),
  ];
};

/** Whether the schema marks a field by `@tag` of this name. */
export const isTagged = ({ astNode }: GraphQLField<unknown, unknown>, tag: string): boolean =>
  (astNode?.directives ?? []).some(
    ({ name, arguments: said = [] }) =>
      name.value === 'tag' && said.some(({ value }) => value.kind === Kind.STRING && value.value === tag),
  );

/** Nothing is guarded: for whoever serves a graph to everybody. */
export const noGuards: Guards = { demands: [], demandsOf: () => [], isPostOnly: () => false };

/** Reads the guards from the supergraph's schema. Who may see the schema itself is no matter of its own. */
export const readGuards = (supergraph: GraphQLSchema): Guards => {
  const demands: Demand[] = [];
  const positions = new Map<string, number>();
  const positionOf = (demand: Demand): number => {
    const key = JSON.stringify(demand);
    const known = positions.get(key);
    if (known !== undefined) return known;
    positions.set(key, demands.length);
    return demands.push(demand) - 1;
  };
  const table = new Map<string, readonly number[]>();
  const postOnly = new Set<string>();
  for (const type of Object.values(supergraph.getTypeMap())) {
    if (type.name.startsWith('__') || !isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const found = new Set(demandsOfField(type, field).map(positionOf));
      if (isTagged(field, 'post')) postOnly.add(`${type.name}.${field.name}`);
      if (found.size > 0) table.set(`${type.name}.${field.name}`, [...found]);
    }
  }
  const none: readonly number[] = [];
  return {
    demands,
    demandsOf: (type, field) => table.get(`${type}.${field}`) ?? none,
    isPostOnly: (type, field) => postOnly.has(`${type}.${field}`),
  };
};
