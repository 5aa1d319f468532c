import {
  type DocumentNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import type { Log } from '#libs/platform/log/log.ts';
import type { Operation } from '../executor/plan.ts';
import { sampleVariables } from '../executor/samples.ts';
import type { Graph } from '../federation/graph.ts';
import type { Safelist } from './safelist.ts';

const parsed = (text: string): DocumentNode | undefined => {
  try {
    return parse(text);
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

/** How many operations of known documents are planned and compiled, and the documents that do not fit the schema. */
export type Prepared = { operations: number; unfit: string[] };

/**
 * Plans and compiles the operations of known documents, so that nobody waits for that. Nothing is sent. Documents that
 * do not fit the schema are told in the log and left alone.
 */
export const prepareDocuments = async (graph: Graph, safelist: Safelist, log: Log): Promise<Prepared> => {
  const prepared: Prepared = { operations: 0, unfit: [] };
  for (const [id, text] of safelist) {
    const document = parsed(text);
    if (!document || validate(graph.schema, document).length > 0) {
      prepared.unfit.push(id);
      log.warn({ document: id }, 'a known document does not fit the schema');
      continue;
    }
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
