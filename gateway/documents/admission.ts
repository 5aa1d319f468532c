import type { ApolloServerPlugin } from '@apollo/server';
import type { DocumentNode, GraphQLError, GraphQLSchema } from 'graphql';
import { badInput } from '#libs/platform/errors/errors.ts';
import { textProblems } from '#libs/platform/subgraph/plain-text.ts';
import type { Guards } from '../authorization/guards.ts';
import { codedError } from '../coded-error.ts';
import type { GatewayConfig } from '../config.ts';
import type { GatewayContext } from '../context.ts';
import { pageSizeError } from '../limits/page-size.ts';
import type { GatewayMetrics } from '../metrics.ts';
import { isPublicDocument } from './get-rule.ts';
import type { Safelist } from './safelist.ts';

type Settings = Pick<GatewayConfig, 'PERSISTED_QUERIES' | 'MAX_PAGE'>;

const notListed = (): GraphQLError =>
  codedError(
    'PERSISTED_QUERY_NOT_IN_LIST',
    '此操作不在许可清单中。 This operation is not in the list.',
    {},
    { status: 400 },
  );

const postOnly = (): GraphQLError =>
  codedError(
    'BAD_REQUEST',
    '此操作须用 POST。 Send this operation by POST.',
    {},
    { status: 405, headers: { allow: 'POST' } },
  );

const streamOnly = (): GraphQLError =>
  codedError(
    'BAD_REQUEST',
    '订阅请用 /graphql/stream。 Subscriptions are served at /graphql/stream.',
    {},
    { status: 400 },
  );

/** The error of an operation with texts that no service could store. */
const plainTextError = (
  ...operation: [string, DocumentNode, Readonly<Record<string, unknown>>]
): GraphQLError | undefined => {
  const problems = textProblems(...operation);
  if (problems.length === 0) return undefined;
  const { message } = badInput(problems);
  return codedError('BAD_USER_INPUT', message, { problems }, { status: 400 });
};

/** The error of a document that the safelist does not have, in enforce mode; counted in every mode but off. */
export const safelistError = (
  settings: Settings,
  safelist: Safelist,
  metrics: GatewayMetrics,
  id: string,
): GraphQLError | undefined => {
  if (settings.PERSISTED_QUERIES === 'off' || safelist.has(id)) return undefined;
  metrics.unlisted.inc();
  return settings.PERSISTED_QUERIES === 'enforce' ? notListed() : undefined;
};

/**
 * Decides whether a valid operation may run: plain text, documents of the safelist, page sizes, and the method. GET is for
 * documents that read nothing guarded, or that are named by their hash and have no variables: so no address
 * holds personal data.
 */
export const admission = (
  settings: Settings,
  safelist: Safelist,
  guards: Guards,
  metrics: GatewayMetrics,
): ApolloServerPlugin<GatewayContext> => {
  const publicDocuments = new WeakMap<DocumentNode, boolean>();
  const isPublic = (schema: GraphQLSchema, document: DocumentNode): boolean => {
    const known = publicDocuments.get(document) ?? isPublicDocument(schema, guards, document);
    publicDocuments.set(document, known);
    return known;
  };
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({
        request,
        schema,
        source,
        document,
        operation,
        queryHash,
        contextValue,
      }) => {
        const notPlain = plainTextError(source, document, request.variables ?? {});
        if (notPlain) throw notPlain;
        const refusal =
          contextValue.origin === 'request' && safelistError(settings, safelist, metrics, queryHash);
        if (refusal) throw refusal;
        if (operation?.operation === 'subscription') throw streamOnly();
        if (request.http?.method === 'GET' && !isPublic(schema, document)) {
          const bare = request.query === undefined && Object.keys(request.variables ?? {}).length === 0;
          if (!bare) throw postOnly();
        }
        if (!operation) return;
        const tooLarge = pageSizeError(
          schema,
          document,
          operation,
          request.variables ?? {},
          settings.MAX_PAGE,
        );
        if (tooLarge) throw tooLarge;
      },
    }),
  };
};
