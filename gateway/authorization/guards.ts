import {
  type ConstDirectiveNode,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';

/**
 * One demand on the caller. `scopes` and `policies`: one of the outer list, and all of its inner list.
 */
export type Demand =
  | { kind: 'authenticated' }
  | { kind: 'scopes'; anyOf: readonly (readonly string[])[] }
  | { kind: 'policies'; anyOf: readonly (readonly string[])[] };

type Fielded = GraphQLObjectType | GraphQLInterfaceType;

/** What a caller must bring for each field: every demand of the list must be met; an open field has none. */
export type Guards = {
  /** Demands in a fixed order; the numbers of `demandsOf` point into it. */
  readonly demands: readonly Demand[];
  /** Demands of `type.field`, as positions in `demands`. */
  demandsOf(type: string, field: string): readonly number[];
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

const ofType = (type: GraphQLNamedType | undefined): Demand[] =>
  type
    ? [
        ...demandsIn(type.astNode?.directives),
        ...type.extensionASTNodes.flatMap((node) => demandsIn(node.directives)),
      ]
    : [];

/**
 * Demands of a field: its own, those of the types that it stands in and leads to, those of the interfaces it
 * comes from, and those of the fields that a @requires reads for it.
 */
const demandsOfField = (
  schema: GraphQLSchema,
  type: Fielded,
  field: GraphQLField<unknown, unknown>,
): Demand[] => {
  const interfaces = type.getInterfaces();
  return [
    ...ofType(type),
    ...demandsIn(field.astNode?.directives),
    ...ofType(getNamedType(field.type)),
    ...interfaces.flatMap(ofType),
    ...interfaces.flatMap((one) => demandsIn(one.getFields()[field.name]?.astNode?.directives)),
    ...requiredBy(field).flatMap((selection) => demandsOfSelection(schema, type, selection)),
  ];
};

const requiredBy = (field: GraphQLField<unknown, unknown>): SelectionSetNode[] =>
  (field.astNode?.directives ?? [])
    .filter((node) => node.name.value === 'join__field')
    .flatMap((node) => node.arguments?.find((argument) => argument.name.value === 'requires')?.value ?? [])
    .flatMap((value) => (value.kind === Kind.STRING ? [value.value] : []))
    .flatMap((text) => parse(`{ ${text} }`).definitions)
    .flatMap((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION ? [definition.selectionSet] : [],
    );

const demandsOfSelection = (
  schema: GraphQLSchema,
  type: GraphQLNamedType,
  selection: SelectionSetNode,
): Demand[] =>
  selection.selections.flatMap((node) => {
    if (node.kind === Kind.INLINE_FRAGMENT) {
      const narrowed = node.typeCondition ? schema.getType(node.typeCondition.name.value) : type;
      return narrowed ? demandsOfSelection(schema, narrowed, node.selectionSet) : [];
    }
    if (node.kind !== Kind.FIELD || !(isObjectType(type) || isInterfaceType(type))) return [];
    const field = type.getFields()[node.name.value];
    if (!field) return [];
    const below = node.selectionSet
      ? demandsOfSelection(schema, getNamedType(field.type), node.selectionSet)
      : [];
    return [
      ...ofType(type),
      ...demandsIn(field.astNode?.directives),
      ...ofType(getNamedType(field.type)),
      ...below,
    ];
  });

const introspection = [
  ['__schema', 'Query'],
  ['__type', 'Query'],
] as const;

/**
 * Reads the guards from the supergraph's schema. Introspection asks for a caller who is signed in.
 */
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
  for (const type of Object.values(supergraph.getTypeMap())) {
    if (type.name.startsWith('__') || !(isObjectType(type) || isInterfaceType(type))) continue;
    for (const field of Object.values(type.getFields())) {
      const found = new Set(demandsOfField(supergraph, type, field).map(positionOf));
      if (found.size > 0) table.set(`${type.name}.${field.name}`, [...found]);
    }
  }
  for (const [field, type] of introspection)
    table.set(`${type}.${field}`, [positionOf({ kind: 'authenticated' })]);
  const none: readonly number[] = [];
  return { demands, demandsOf: (type, field) => table.get(`${type}.${field}`) ?? none };
};
