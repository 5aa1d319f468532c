import { InMemoryCache } from '@apollo/client';
import { type DocumentNode, print } from 'graphql';
import { documentId, readSafelist } from '#gateway/documents/safelist.ts';
import { consoleDocuments, generatedFileOf } from './console-documents.ts';

const root = new URL('../../', import.meta.url);

test('what the console sends is on the list of known documents, to the letter', async () => {
  const known = await readSafelist('gateway/documents.json');
  const documents = await consoleDocuments(root);
  expect(documents.length).toBeGreaterThan(5);
  const cache = new InMemoryCache();
  for (const { file } of documents) {
    const module: Record<string, DocumentNode> = await import(new URL(generatedFileOf(file), root).href);
    const [document] = Object.entries(module).flatMap(([name, value]) =>
      name.endsWith('Document') ? [value] : [],
    );
    if (!document) throw new Error(`${file} has no document`);
    const sent = print(cache.transformDocument(document));
    expect({ file, isKnown: known.has(documentId(sent)) }).toEqual({ file, isKnown: true });
  }
});

test('every document of the console is one named operation, whose name no other has', async () => {
  const names = (await consoleDocuments(root)).map(
    ({ text }) => /^(?:query|mutation|subscription) (\w+)/.exec(text)?.[1],
  );
  expect(names).not.toContain(undefined);
  expect(new Set(names).size).toBe(names.length);
});
