import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { v7 as uuidv7 } from 'uuid';
import { limitRule } from '#libs/platform/limits/limits.ts';
import type { Log } from '#libs/platform/log/log.ts';
import { plainJson } from '#libs/platform/subgraph/plain-json.ts';
import { accessLog } from './access-log.ts';
import type { Guards } from './authorization/guards.ts';
import type { GatewayConfig } from './config.ts';
import type { GatewayContext } from './context.ts';
import { costLimit } from './cost/cost-limit.ts';
import type { Weights } from './cost/weights.ts';
import { admission } from './documents/admission.ts';
import { DocumentCache } from './documents/document-cache.ts';
import type { Safelist } from './documents/safelist.ts';
import { isFault, maskError } from './errors.ts';
import type { GuardedGateway } from './federation/guarded-gateway.ts';
import { limitsOf } from './limits/limits.ts';
import type { GatewayMetrics } from './metrics.ts';

export type ApolloParts = {
  config: GatewayConfig;
  gateway: GuardedGateway;
  guards: Guards;
  weights: Weights;
  safelist: Safelist;
  metrics: GatewayMetrics;
  log: Log;
};

/** Where an error came from, without its text (which may quote values). */
const framesOf = (error: unknown): string[] =>
  error instanceof Error
    ? (error.stack ?? '')
        .split('\n')
        .filter((line) => line.trimStart().startsWith('at '))
        .slice(0, 6)
    : [];

/** The GraphQL side of the gateway: limits, admission, masked errors, access log. Reports nothing to anybody. */
export const createApollo = (parts: ApolloParts): ApolloServer<GatewayContext> => {
  const { config, gateway, guards, weights, safelist, metrics, log } = parts;
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
    validationRules: [limitRule(limitsOf(config))],
    formatError: (formatted, error) => {
      const cause = typeof error === 'object' && error !== null ? error : formatted;
      const correlationId = operationIds.get(cause) ?? uuidv7();
      const masked = maskError(formatted, correlationId);
      if (isFault(masked)) {
        const { serviceName, code, correlationId: theirs } = formatted.extensions ?? {};
        log.error({ correlationId, serviceName, code, theirs, frames: framesOf(error) }, 'operation failed');
      }
      return masked;
    },
    plugins: [
      {
        requestDidStart: async () => ({
          didEncounterErrors: async ({ errors, contextValue }) => {
            for (const error of errors) operationIds.set(error, contextValue.operationId);
          },
        }),
      },
      admission(config, safelist, guards, metrics),
      costLimit(config, weights, metrics),
      accessLog(log, metrics),
      plainJson(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
};
