import { type DocumentNode, getOperationAST, type OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Asked } from './asked.ts';

type Known = {
  id: string;
  text: string;
  document: DocumentNode;
  /** By the name that callers give; those without a name have none. */
  operations: Map<string | undefined, OperationDefinitionNode>;
};

/** The fields of a request that a known document can answer; what else there may be is looked at by Apollo Server. */
const Request = z.object({
  query: z.string().optional(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  extensions: z
    .object({ persistedQuery: z.object({ version: z.literal(1), sha256Hash: z.string() }).optional() })
    .nullish(),
});

/** So many characters of text are remembered. */
const mostText = 8_000_000;

/**
 * Documents that were parsed and found valid before, by their text and by its hash: the latest within a size. They
 * belong to one schema.
 */
export class KnownDocuments {
  readonly #byText: LRUCache<string, Known>;
  readonly #byId = new Map<string, Known>();

  constructor(most = mostText) {
    this.#byText = new LRUCache({
      maxSize: most,
      sizeCalculation: ({ text }) => text.length,
      dispose: ({ id }) => this.#byId.delete(id),
    });
  }

  /** Remembers a valid document; `id` is the hash of its text. */
  remember(id: string, text: string, document: DocumentNode): void {
    if (this.#byText.has(text)) return;
    const known = { id, text, document, operations: new Map() };
    this.#byId.set(id, known);
    this.#byText.set(text, known);
  }

  /**
   * The operation that the body of a request asks for; undefined where its document is not known or it is amiss, and
   * where it brings text and hash, which Apollo Server is to remember.
   */
  asked(body: object): Asked | undefined {
    const { data } = Request.safeParse(body);
    const known = data && this.#find(data);
    if (!known) return undefined;
    const operationName = data.operationName ?? undefined;
    const operation = this.#operation(known, operationName);
    if (!operation) return undefined;
    const { id, text, document } = known;
    return { id, text, document, operation, operationName, variables: data.variables ?? {} };
  }

  #find({ query, extensions }: z.infer<typeof Request>): Known | undefined {
    const hash = extensions?.persistedQuery?.sha256Hash;
    if (query === undefined) {
      const known = hash === undefined ? undefined : this.#byId.get(hash);
      return known && this.#byText.get(known.text);
    }
    return hash === undefined ? this.#byText.get(query) : undefined;
  }

  #operation({ document, operations }: Known, name: string | undefined): OperationDefinitionNode | undefined {
    const found = operations.get(name) ?? getOperationAST(document, name) ?? undefined;
    if (found) operations.set(name, found);
    return found;
  }
}
