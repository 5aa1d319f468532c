import type { DocumentNode, GraphQLError, GraphQLSchema } from 'graphql';
import { badInput } from '#libs/platform/errors/errors.ts';
import { textProblems } from '#libs/platform/subgraph/plain-text.ts';
import type { Guards } from '../authorization/guards.ts';
import { codedError } from '../coded-error.ts';
import type { GatewayConfig } from '../config.ts';
import { pageSizeError } from '../limits/page-size.ts';
import type { GatewayMetrics } from '../metrics.ts';
import type { Asked, Way } from '../operation/asked.ts';
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
const plainTextError = ({ text, document, variables }: Asked): GraphQLError | undefined => {
  const problems = textProblems(text, document, variables);
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

/** Why an operation may not run; undefined where it may. */
export type Admission = (asked: Asked, way: Way) => GraphQLError | undefined;

/**
 * Decides whether a valid operation may run: plain text, documents of the safelist, the method, and page sizes. GET is
 * for documents that read nothing guarded, or that are named by their hash and have no variables: so no address holds
 * personal data.
 */
export const createAdmission = (
  settings: Settings,
  schema: GraphQLSchema,
  guards: Guards,
  safelist: Safelist,
  metrics: GatewayMetrics,
): Admission => {
  const publicDocuments = new WeakMap<DocumentNode, boolean>();
  const isPublic = (document: DocumentNode): boolean => {
    const known = publicDocuments.get(document) ?? isPublicDocument(schema, guards, document);
    publicDocuments.set(document, known);
    return known;
  };
  const unlisted = ({ id }: Asked, { origin }: Way): GraphQLError | undefined =>
    origin === 'request' ? safelistError(settings, safelist, metrics, id) : undefined;
  const wrongWay = ({ document, operation }: Asked, { method, bare }: Way): GraphQLError | undefined => {
    if (operation.operation === 'subscription') return streamOnly();
    return method === 'GET' && !bare && !isPublic(document) ? postOnly() : undefined;
  };
  return (asked, way) =>
    plainTextError(asked) ??
    unlisted(asked, way) ??
    wrongWay(asked, way) ??
    pageSizeError(schema, asked.document, asked.operation, asked.variables, settings.MAX_PAGE);
};
