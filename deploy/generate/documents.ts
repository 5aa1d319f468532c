import { readdir, readFile } from 'node:fs/promises';
import { type DocumentNode, GraphQLError, type GraphQLSchema, Kind, parse, validate } from 'graphql';
import { documentId } from '#gateway/documents/safelist.ts';
import { consoleDocuments } from './console-documents.ts';

/** One document that a client of the project sends, and where it stands. */
type ClientDocument = { id: string; text: string; document: DocumentNode; file: string };

/** Texts in sources that begin as a document does; those with a place to be filled in are not known ahead of time. */
const literal = /`([^`]*)`|'([^'\n]*)'/g;
const block = /```graphql\n(.*?)```/gs;
const beginning = /^\s*(query|mutation|subscription|fragment)\b[^=]*\{|^\s*\{[^}]*\{/;

const parsed = (text: string): DocumentNode | undefined => {
  try {
    const document = parse(text, { noLocation: true });
    return document.definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION) ? document : undefined;
  } catch (error) {
    if (error instanceof GraphQLError) return undefined;
    throw error;
  }
};

const textsIn = (file: string, source: string): string[] =>
  [...source.matchAll(file.endsWith('.md') ? block : literal)]
    .map(([, one, other]) => one ?? other ?? '')
    .filter((text) => beginning.test(text) && !text.includes('${'));

/** Files of clients with documents in their text: the commands and the simulated year, pages, and what the README asks. */
const clientFiles = async (root: URL): Promise<string[]> => {
  const inside = async (folder: string, ending: string): Promise<string[]> =>
    (await readdir(new URL(folder, root), { recursive: true }))
      .filter((name) => name.endsWith(ending) && !name.endsWith('.test.ts'))
      .map((name) => `${folder}${name}`);
  const all = await Promise.all([inside('deploy/', '.ts'), inside('gateway/', '.html')]);
  return ['README.md', ...all.flat()].toSorted();
};

/** Every whole document that the project's own clients send, each once. */
export const clientDocuments = async (root: URL): Promise<ClientDocument[]> => {
  const found = new Map<string, ClientDocument>();
  for (const file of await clientFiles(root)) {
    for (const text of textsIn(file, await readFile(new URL(file, root), 'utf8'))) {
      const document = parsed(text);
      const id = documentId(text);
      if (document && !found.has(id)) found.set(id, { id, text, document, file });
    }
  }
  for (const { file, text, document } of await consoleDocuments(root)) {
    const id = documentId(text);
    if (!found.has(id)) found.set(id, { id, text, document, file });
  }
  return [...found.values()];
};

/** The documents that do not fit a schema, each with the first reason. */
export const unfitDocuments = (schema: GraphQLSchema, documents: readonly ClientDocument[]): string[] =>
  documents.flatMap(({ file, document }) => {
    const [first] = validate(schema, document);
    return first ? [`${file}: ${first.message}`] : [];
  });

/** The documents in the format of Apollo's persisted queries, which the gateway takes by PERSISTED_QUERIES_FILE. */
export const manifestOf = (documents: readonly ClientDocument[]): string => {
  const operations = documents.map(({ id, text, document }) => {
    const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
    const name = operation?.name?.value ?? '';
    return { id, name, type: operation?.operation, body: text };
  });
  const manifest = {
    format: 'apollo-persisted-query-manifest',
    version: 1,
    generated: 'by `npm run generate` from README.md, deploy and gateway; do not edit',
    operations,
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
};
