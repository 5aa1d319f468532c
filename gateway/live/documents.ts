import {
  type DocumentNode,
  type GraphQLSchema,
  parse,
  specifiedRules,
  type ValidationRule,
  validate,
} from 'graphql';
import { codedError } from '../coded-error.ts';
import type { GatewayConfig } from '../config.ts';
import { safelistError } from '../documents/admission.ts';
import { documentId, type Safelist } from '../documents/safelist.ts';
import type { GatewayMetrics } from '../metrics.ts';
import { liveFields } from './live-fields.ts';
import { type LiveQuery, rewriteSubscription } from './rewrite.ts';

export type DocumentParts = {
  schema: GraphQLSchema;
  /** Limits of documents, as for requests. */
  rules: readonly ValidationRule[];
  safelist: Safelist;
  metrics: GatewayMetrics;
  config: GatewayConfig;
};

/** A subscription as its caller wrote it. */
export type Written = {
  query?: unknown;
  operationName?: unknown;
  variables?: unknown;
  extensions?: unknown;
};

/** Texts of valid documents that are kept with what they say. */
const mostKnown = 200;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const hashOf = ({ extensions }: Written): unknown =>
  isObject(extensions) && isObject(extensions.persistedQuery)
    ? extensions.persistedQuery.sha256Hash
    : undefined;

const misshapen = () =>
  codedError('BAD_REQUEST', '请求格式不正确。 Send query, operationName and variables as GraphQL has them.');

/** Checks subscriptions as operations are checked, whichever way they come, and finds the queries behind them. */
export const createDocuments = ({ schema, rules, safelist, metrics, config }: DocumentParts) => {
  const known = new Map<string, DocumentNode>();

  /** The text of a document, which may be named by its hash alone where it is in the safelist. */
  const textOf = (written: Written): string => {
    const hash = hashOf(written);
    const { query } = written;
    if (!query && typeof hash === 'string') {
      const listed = safelist.get(hash);
      if (listed === undefined)
        throw codedError('PERSISTED_QUERY_NOT_FOUND', '没有此操作。 There is no such persisted query.');
      return listed;
    }
    if (typeof query !== 'string') throw misshapen();
    if (hash !== undefined && hash !== documentId(query))
      throw codedError('BAD_REQUEST', '散列与文本不符。 The hash is not that of the text.');
    return query;
  };

  const parsed = (text: string): DocumentNode => {
    try {
      return parse(text, { maxTokens: config.MAX_TOKENS });
    } catch (error) {
      throw codedError('GRAPHQL_PARSE_FAILED', error instanceof Error ? error.message : '');
    }
  };

  const valid = (text: string): DocumentNode => {
    const found = known.get(text);
    if (found) return found;
    const document = parsed(text);
    const [invalid] = validate(schema, document, [...rules, ...specifiedRules]);
    if (invalid) throw codedError('GRAPHQL_VALIDATION_FAILED', invalid.message);
    if (known.size >= mostKnown) known.clear();
    known.set(text, document);
    return document;
  };

  const rewritten = (...operation: [DocumentNode, string | undefined, Record<string, unknown>]) => {
    try {
      return rewriteSubscription(schema, liveFields, ...operation);
    } catch (error) {
      throw codedError('BAD_USER_INPUT', error instanceof Error ? error.message : '');
    }
  };

  /** The query behind a subscription; throws what the caller is told where it may not be. */
  return (written: Written): LiveQuery => {
    const { operationName, variables } = written;
    if (variables !== undefined && variables !== null && !isObject(variables)) throw misshapen();
    const text = textOf(written);
    const unlisted = safelistError(config, safelist, metrics, documentId(text));
    if (unlisted) throw unlisted;
    const name = typeof operationName === 'string' && operationName !== '' ? operationName : undefined;
    const live = rewritten(valid(text), name, variables ?? {});
    if (live) return live;
    throw codedError(
      'BAD_REQUEST',
      '此处只接受订阅。 Only subscriptions are served here; send others to /graphql.',
    );
  };
};
