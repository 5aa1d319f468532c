import {
  type DocumentNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  type ValidationRule,
  validate,
} from 'graphql';
import type { Log } from '#libs/platform/log/log.ts';
import type { Operation } from '../executor/plan.ts';
import { sampleVariables } from '../executor/samples.ts';
import type { Graph } from '../federation/graph.ts';
import type { Safelist } from './safelist.ts';

const parsed = (text: string, maxTokens: number): DocumentNode | undefined => {
  try {
    return parse(text, { maxTokens });
  } catch (error) {
    if (error instanceof GraphQLError) return undefined;
    throw error;
  }
};

const operationsIn = (document: DocumentNode): OperationDefinitionNode[] =>
  document.definitions.filter(
    (node): node is OperationDefinitionNode =>
      node.kind === Kind.OPERATION_DEFINITION && node.operation !== 'subscription',
  );

/** What a document has to keep within, and who is told of those that do. */
export type Preparing = {
  rules: readonly ValidationRule[];
  maxTokens: number;
  remember(id: string, text: string, document: DocumentNode): void;
};

/** How many operations of known documents are planned and compiled, and the documents that do not fit the schema. */
export type Prepared = { operations: number; unfit: string[] };

/**
 * Plans and compiles the operations of known documents, so that nobody waits for that. Nothing is sent. Documents that
 * do not fit the schema, or are beyond a limit, are told in the log and left alone.
 */
export const prepareDocuments = async (
  graph: Graph,
  safelist: Safelist,
  { rules, maxTokens, remember }: Preparing,
  log: Log,
): Promise<Prepared> => {
  const prepared: Prepared = { operations: 0, unfit: [] };
  for (const [id, text] of safelist) {
    const document = parsed(text, maxTokens);
    if (!document || validate(graph.schema, document, [...specifiedRules, ...rules]).length > 0) {
      prepared.unfit.push(id);
      log.warn({ document: id }, 'a known document does not fit the schema');
      continue;
    }
    remember(id, text, document);
    const operations = operationsIn(document);
    for (const operation of operations) {
      const operationName = operations.length > 1 ? operation.name?.value : undefined;
      const request = { query: text, operationName, variables: sampleVariables(graph.schema, operation) };
      const planned: Pick<Operation, 'request' | 'document' | 'queryHash'> = {
        request,
        document,
        queryHash: id,
      };
      if (await graph.prepare(planned as Operation)) prepared.operations++;
    }
  }
  return prepared;
};
