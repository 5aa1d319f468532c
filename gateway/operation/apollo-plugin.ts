import type { ApolloServerPlugin } from '@apollo/server';
import type { GatewayContext } from '../context.ts';
import type { GatewayMetrics } from '../metrics.ts';
import type { Operations } from './operations.ts';
import type { Record } from './record.ts';

/** What happens to an operation that comes through Apollo Server: the same checks, and the same record. */
export const operationPlugin = (
  operations: Operations,
  record: Record,
  metrics: Pick<GatewayMetrics, 'parsed'>,
): ApolloServerPlugin<GatewayContext> => ({
  requestDidStart: async () => {
    const begun = performance.now();
    return {
      parsingDidStart: async () => void metrics.parsed.inc(),
      didResolveOperation: async ({ request, source, document, operation, queryHash, contextValue }) => {
        if (!operation) return;
        const { operationName, variables = {}, query } = request;
        const asked = { id: queryHash, text: source, document, operation, operationName, variables };
        const bare = query === undefined && Object.keys(variables).length === 0;
        const { origin } = contextValue;
        const refusal = operations.refusal(asked, { method: request.http?.method ?? 'POST', bare, origin });
        if (refusal) throw refusal;
        if (origin === 'request') operations.known.remember(queryHash, source, document);
      },
      willSendResponse: async ({ contextValue, operation, queryHash, response }) => {
        const { body } = response;
        const errors = (body.kind === 'single' ? body.singleResult.errors : undefined) ?? [];
        record({ document: queryHash, operation, errors, context: contextValue, begun });
      },
    };
  },
});
