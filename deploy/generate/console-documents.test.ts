import { glob } from 'node:fs/promises';
import { basename } from 'node:path';
import { InMemoryCache } from '@apollo/client';
import { type DocumentNode, Kind, print } from 'graphql';
import { documentId, readSafelist } from '#gateway/documents/safelist.ts';
import { consoleDocuments, generatedFileOf } from './console-documents.ts';

/** `finding-shown` as a fragment is called: `FindingShown`. */
const kebabless = (name: string): string =>
  name.replace(/(?:^|-)([a-z])/g, (_, letter) => letter.toUpperCase());

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

test('a fragment in a file of its own is spread by more than one document', async () => {
  const spreads = (await consoleDocuments(root)).flatMap(({ document }) =>
    document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [node.name.value] : [])),
  );
  for await (const file of glob('gateway/console/app/**/*.fragment.graphql', { cwd: root })) {
    const name = kebabless(basename(file, '.fragment.graphql'));
    expect({ name, isShared: spreads.filter((spread) => spread === name).length > 1 }).toEqual({
      name,
      isShared: true,
    });
  }
});
