import { type GraphQLFormattedError, Kind, type OperationDefinitionNode } from 'graphql';
import type { Log } from '#libs/platform/log/log.ts';
import type { GatewayContext } from '../context.ts';
import type { GatewayMetrics } from '../metrics.ts';

/** An operation that was answered; without `operation` where its document was no operation. */
export type Answered = {
  /** Hash of the document, where there was one. */
  document: string | undefined;
  operation: OperationDefinitionNode | undefined;
  errors: readonly GraphQLFormattedError[];
  /** How the response cache had to do with it. */
  cache?: string | undefined;
  context: GatewayContext;
  /** When it began, by `performance.now()`. */
  begun: number;
};

/** Puts an answered operation on record. */
export type Record = (answered: Answered) => void;

/** Names of the root fields: words of the schema, unlike operation names and aliases. */
const rootFields = (operation: OperationDefinitionNode | undefined): string[] =>
  (operation?.selectionSet.selections ?? []).flatMap((node) =>
    node.kind === Kind.FIELD ? [node.name.value] : [],
  );

const codesOf = (errors: readonly GraphQLFormattedError[]): string[] => [
  ...new Set(errors.map((error) => String(error.extensions?.code))),
];

/** Who asked what, under which document id, and how it ended; never variables, texts or names of operations. */
export const createRecord =
  (log: Log, metrics: GatewayMetrics): Record =>
  ({ document, operation, errors, cache, context, begun }) => {
    const elapsed = performance.now() - begun;
    const codes = codesOf(errors);
    const kind = operation?.operation ?? 'none';
    metrics.count(operation ? (document ?? 'none') : 'invalid', kind, codes[0] ?? 'OK');
    metrics.duration.observe({ operation: kind }, elapsed / 1000);
    const { actor, operationId, origin } = context;
    log.info(
      {
        operationId,
        origin,
        subject: actor?.subject,
        level: actor?.level,
        unit: actor?.unit ?? actor?.school,
        document,
        operation: kind,
        fields: rootFields(operation),
        codes,
        cache,
        ms: Math.round(elapsed),
      },
      'operation',
    );
  };
