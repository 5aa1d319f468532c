import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { ValidationRule } from 'graphql';
import type { Log } from '#libs/platform/log/log.ts';
import { plainJson } from '#libs/platform/subgraph/plain-json.ts';
import type { GatewayConfig } from './config.ts';
import type { GatewayContext } from './context.ts';
import { DocumentCache } from './documents/document-cache.ts';
import type { Safelist } from './documents/safelist.ts';
import type { GuardedGateway } from './federation/guarded-gateway.ts';
import type { GatewayMetrics } from './metrics.ts';
import { operationPlugin } from './operation/apollo-plugin.ts';
import type { Masking } from './operation/masking.ts';
import type { Operations } from './operation/operations.ts';
import type { Record } from './operation/record.ts';

export type ApolloParts = {
  config: GatewayConfig;
  gateway: GuardedGateway;
  operations: Operations;
  masking: Masking;
  record: Record;
  /** Rules of documents besides those of GraphQL. */
  rules: ValidationRule[];
  safelist: Safelist;
  metrics: GatewayMetrics;
  log: Log;
};

/** Apollo Server for what is not known yet: it parses, validates within limits and refuses. Reports nothing to anybody. */
export const createApollo = (parts: ApolloParts): ApolloServer<GatewayContext> => {
  const { config, gateway, operations, masking, record, rules, safelist, metrics, log } = parts;
  const operationIds = new WeakMap<object, string>();
  return new ApolloServer<GatewayContext>({
    gateway,
    introspection: true,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    nodeEnv: 'production',
    logger: log,
    apollo: { key: undefined, graphRef: undefined },
    persistedQueries: { cache: new DocumentCache(safelist), ttl: null },
    parseOptions: { maxTokens: config.MAX_TOKENS },
    validationRules: rules,
    formatError: (formatted, error) => {
      const cause = typeof error === 'object' && error !== null ? error : formatted;
      return masking(formatted, error, operationIds.get(cause));
    },
    plugins: [
      {
        requestDidStart: async () => ({
          didEncounterErrors: async ({ errors, contextValue }) => {
            for (const error of errors) operationIds.set(error, contextValue.operationId);
          },
        }),
      },
      operationPlugin(operations, record, metrics),
      plainJson(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
};
