import type { GraphQLFormattedError } from 'graphql';
import type { ErrorCode } from '#libs/platform/errors/errors.ts';

/** Codes that a subgraph may send through, each with what a caller may see of its extensions. */
const fromSubgraphs: Record<Exclude<ErrorCode, 'INTERNAL'>, readonly string[]> = {
  UNAUTHENTICATED: [],
  OUT_OF_JURISDICTION: [],
  UNAUTHORIZED_FIELD_OR_TYPE: [],
  OUT_OF_GRANT_SCOPE: ['ruleId'],
  BAD_USER_INPUT: ['problems'],
  VERSION_CONFLICT: ['currentVersion', 'enrollment'],
  IDEMPOTENCY_KEY_REUSED: [],
  NOT_FOUND: [],
  RATE_LIMITED: ['retryAfter'],
  COST_ESTIMATED_TOO_EXPENSIVE: ['limit'],
  ACCOUNT_NOT_OPEN: [],
  ACCOUNT_SEALED: [],
  ACCOUNT_SUSPENDED: [],
  PASSWORD_EXPIRED: [],
  SERVICE_UNAVAILABLE: ['reason', 'outcome'],
};

/** Codes of broken requests, which the gateway itself gives. */
const ofRequests: readonly string[] = [
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_IN_LIST',
];

const isOurs = (code: string): code is keyof typeof fromSubgraphs => Object.hasOwn(fromSubgraphs, code);

/** A name of the schema, a variable or a type: what may be quoted. Anything else may be a caller's value. */
const schemaName = /^[$@[]?[A-Za-z_][\w.]*!?\]?!?$/;

/** Takes values that a caller wrote out of a message of graphql-js, which quotes them. */
const withoutValues = (message: string): string =>
  message
    .replaceAll(/"((?:[^"\\]|\\.)*)"/g, (quoted, inner: string) => (schemaName.test(inner) ? quoted : '"…"'))
    .replaceAll(/\d{6,}/g, '…');

const invalidVariable = /^Variable "\$(\w+)" got invalid value [\s\S]* at "(\1[\w.[\]]*)"; ([\s\S]*)$/;
const invalidWhole = /^Variable "\$(\w+)" got invalid value ([\s\S]*)$/;

/** The place and kind of a value that does not fit, without the value. */
const variableProblem = (message: string): GraphQLFormattedError | undefined => {
  const name = invalidWhole.exec(message)?.[1];
  if (name === undefined) return undefined;
  const place = invalidVariable.exec(message)?.[2] ?? name;
  const missing = /of required type ".*" was not provided/.test(message);
  const code = missing ? 'MISSING' : 'INVALID_VALUE';
  const text = missing
    ? '缺少必填项。 A required value is missing.'
    : '值不符合类型。 The value does not fit the type.';
  const missingField = /Field "(\w+)" of required type/.exec(message)?.[1];
  const path = [
    ...place.split(/[.[\]]+/).filter((part) => part !== ''),
    ...(missingField ? [missingField] : []),
  ];
  return {
    message: `变量 $${name} 有误：${text}`,
    extensions: { code: 'BAD_USER_INPUT', problems: [{ path, code, message: text }] },
  };
};

const picked = (
  extensions: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Record<string, unknown> =>
  Object.fromEntries(
    names.flatMap((name) => (extensions[name] === undefined ? [] : [[name, extensions[name]]])),
  );

/**
 * What a caller sees of an error: the stable code with the facts that belong to it; everything unknown is
 * INTERNAL with the correlation id and nothing else. Names and addresses of subgraphs never leave.
 */
export const maskError = (error: GraphQLFormattedError, correlationId: string): GraphQLFormattedError => {
  const extensions = error.extensions ?? {};
  const code = String(extensions.code ?? '');
  const fromSubgraph = extensions.serviceName !== undefined;
  const place = error.path ? { path: error.path } : {};
  const where = !fromSubgraph && error.locations ? { locations: error.locations } : {};
  if (code === 'BAD_USER_INPUT' && extensions.problems === undefined) {
    const problem = variableProblem(error.message);
    if (problem) return { ...problem, ...where };
  }
  if (isOurs(code)) {
    return {
      message: error.message,
      ...where,
      ...place,
      extensions: { code, ...picked(extensions, fromSubgraphs[code]) },
    };
  }
  if (!fromSubgraph && ofRequests.includes(code)) {
    return {
      message: withoutValues(error.message),
      ...where,
      ...place,
      extensions: { code, ...picked(extensions, ['limit']) },
    };
  }
  return {
    message: '系统内部错误。 Internal error.',
    ...place,
    extensions: { code: 'INTERNAL', correlationId },
  };
};

/** True where the error is a fault: of the gateway, or one that a subgraph did not explain. */
export const isFault = (masked: GraphQLFormattedError): boolean => masked.extensions?.code === 'INTERNAL';
