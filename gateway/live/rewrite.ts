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
  /** Where the result stands in the answer. */
  key: string;
  signal: string;
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
  const found: { live: LiveField; key: string; signal: string }[] = [];
  const rewritten: DocumentNode = visit(
    {
      ...document,
      definitions: document.definitions.filter(
        (node) => node === operation || node.kind === Kind.FRAGMENT_DEFINITION,
      ),
    },
    visitWithTypeInfo(typeInfo, {
      OperationDefinition: {
        leave: (node) => ({ ...node, operation: OperationTypeNode.QUERY }),
      },
      NamedType: {
        leave: (node) =>
          node.name.value === subscription.name ? { ...node, name: name(query.name) } : undefined,
      },
      Field: {
        leave: (node) => {
          if (typeInfo.getParentType() !== subscription) return undefined;
          const live = table[node.name.value];
          const definition = subscription.getFields()[node.name.value];
          if (!live || !definition) return undefined;
          const key = (node.alias ?? node.name).value;
          found.push({ live, key, signal: live.signal(getArgumentValues(definition, node, coerced)) });
          return asQuery(node, live, key);
        },
      },
    }),
  );
  const [first] = found;
  if (!first) return undefined;
  return { field: first.live, key: first.key, signal: first.signal, text: print(rewritten) };
};

const asQuery = (node: FieldNode, live: LiveField, key: string): FieldNode => ({
  ...node,
  alias: name(key),
  name: name(live.query),
  arguments: node.arguments?.map((argument) => ({
    ...argument,
    name: name(live.arguments[argument.name.value] ?? argument.name.value),
  })),
  selectionSet: {
    kind: Kind.SELECTION_SET,
    selections: [
      ...(node.selectionSet?.selections ?? []),
      { kind: Kind.FIELD, alias: name(stateKey), name: name(live.state.field) },
    ],
  },
});
