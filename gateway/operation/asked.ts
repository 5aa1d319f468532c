import type { DocumentNode, OperationDefinitionNode } from 'graphql';

/** A valid operation, with what the caller sent along. */
export type Asked = {
  /** SHA-256 of the text, in hexadecimal. */
  id: string;
  text: string;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  /** As the caller gave it. */
  operationName: string | undefined;
  variables: Readonly<Record<string, unknown>>;
};

/** How an operation came. `bare`: named by its hash alone, without text and variables. */
export type Way = { method: string; bare: boolean; origin: 'request' | 'stream' };
