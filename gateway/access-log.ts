import type { ApolloServerPlugin } from '@apollo/server';
import { type GraphQLFormattedError, Kind, type OperationDefinitionNode } from 'graphql';
import type { Log } from '#libs/platform/log/log.ts';
import type { GatewayContext } from './context.ts';
import type { GatewayMetrics } from './metrics.ts';

/** Names of the root fields: words of the schema, unlike operation names and aliases. */
const rootFields = (operation: OperationDefinitionNode | undefined): string[] =>
  (operation?.selectionSet.selections ?? []).flatMap((node) =>
    node.kind === Kind.FIELD ? [node.name.value] : [],
  );

const codesOf = (errors: readonly GraphQLFormattedError[] | undefined): string[] => [
  ...new Set((errors ?? []).map((error) => String(error.extensions?.code))),
];

/** Who asked what, under which document id, and how it ended; never variables, texts or names of operations. */
export const accessLog = (log: Log, metrics: GatewayMetrics): ApolloServerPlugin<GatewayContext> => ({
  requestDidStart: async () => {
    const begun = performance.now();
    return {
      willSendResponse: async ({ contextValue, operation, queryHash, response }) => {
        const elapsed = performance.now() - begun;
        const codes = response.body.kind === 'single' ? codesOf(response.body.singleResult.errors) : [];
        const kind = operation?.operation ?? 'none';
        metrics.count(operation ? (queryHash ?? 'none') : 'invalid', kind, codes[0] ?? 'OK');
        metrics.duration.observe({ operation: kind }, elapsed / 1000);
        const { actor, operationId, origin } = contextValue;
        log.info(
          {
            operationId,
            origin,
            subject: actor?.subject,
            level: actor?.level,
            unit: actor?.unit ?? actor?.school,
            document: queryHash,
            operation: kind,
            fields: rootFields(operation),
            codes,
            ms: Math.round(elapsed),
          },
          'operation',
        );
      },
    };
  },
});
