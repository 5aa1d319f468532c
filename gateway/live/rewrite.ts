import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  getArgumentValues,
  getOperationAST,
  getVariableValues,
  Kind,
  OperationTypeNode,
  print,
  separateOperations,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { LiveField } from './live-fields.ts';

/** A subscription as the query that stands behind it. */
export type LiveQuery = {
  field: LiveField;
  /** Text of the query; the state is asked for under `stateKey` besides what the caller selected. */
  text: string;
  /** The variables that the query has. */
  variables: Readonly<Record<string, unknown>>;
  /** Where the result stands in the answer. */
  key: string;
  /** Whom the subscription is about. */
  id: string;
  /** The position that the caller wants to go on from. */
  after: string | undefined;
};

/** Alias of the state in the rewritten query; taken out before the answer goes to the caller. */
export const stateKey = 'live_state_';

const name = (value: string) => ({ kind: Kind.NAME, value }) as const;

/**
 * Rewrites the subscription of a valid document into its query. Undefined where the operation is not a
 * subscription with a field of the table; throws a GraphQLError where its variables do not fit.
 */
export const rewriteSubscription = (
  schema: GraphQLSchema,
  table: Readonly<Record<string, LiveField>>,
  document: DocumentNode,
  operationName: string | undefined,
  variables: Readonly<Record<string, unknown>>,
): LiveQuery | undefined => {
  const operation = getOperationAST(document, operationName);
  const subscription = schema.getSubscriptionType();
  const query = schema.getQueryType();
  if (operation?.operation !== OperationTypeNode.SUBSCRIPTION || !subscription || !query) return undefined;
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], {
    ...variables,
  });
  if (!coerced) throw errors[0];

  const typeInfo = new TypeInfo(schema);
  const found: Pick<LiveQuery, 'field' | 'key' | 'id' | 'after'>[] = [];
  const alone = separateOperations(document)[operation.name?.value ?? ''] ?? document;
  const rewritten: DocumentNode = visit(
    alone,
    visitWithTypeInfo(typeInfo, {
      NamedType: {
        leave: (node) =>
          node.name.value === subscription.name ? { ...node, name: name(query.name) } : undefined,
      },
      Field: {
        leave: (node) => {
          if (typeInfo.getParentType() !== subscription) return undefined;
          const field = table[node.name.value];
          const definition = subscription.getFields()[node.name.value];
          if (!field || !definition) return undefined;
          const key = (node.alias ?? node.name).value;
          const args = getArgumentValues(definition, node, coerced);
          const after = typeof args.after === 'string' ? args.after : undefined;
          found.push({ field, key, id: String(args[field.about.argument]), after });
          return asQuery(node, field, key);
        },
      },
    }),
  );
  const [first] = found;
  return first ? { ...first, ...asOperation(rewritten, variables) } : undefined;
};

/** The document as a query, without the variables that only the subscription had. */
const asOperation = (
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
): Pick<LiveQuery, 'text' | 'variables'> => {
  const used = new Set<string>();
  visit(document, {
    VariableDefinition: () => false,
    Variable: (node) => void used.add(node.name.value),
  });
  const query = visit(document, {
    OperationDefinition: (node) => ({ ...node, operation: OperationTypeNode.QUERY }),
    VariableDefinition: (node) => (used.has(node.variable.name.value) ? false : null),
  });
  const kept = Object.entries(variables).filter(([key]) => used.has(key));
  return { text: print(query), variables: Object.fromEntries(kept) };
};

const asQuery = (node: FieldNode, live: LiveField, key: string): FieldNode => ({
  ...node,
  alias: name(key),
  name: name(live.query),
  arguments: node.arguments?.flatMap((argument) => {
    if (argument.name.value === live.about.argument) return [{ ...argument, name: name(live.about.of) }];
    return live.passed?.includes(argument.name.value) ? [argument] : [];
  }),
  selectionSet: {
    kind: Kind.SELECTION_SET,
    selections: [
      ...(node.selectionSet?.selections ?? []),
      { kind: Kind.FIELD, alias: name(stateKey), name: name(live.state.field) },
    ],
  },
});
