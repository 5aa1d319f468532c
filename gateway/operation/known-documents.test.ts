import { parse } from 'graphql';
import { documentId } from '../documents/safelist.ts';
import { KnownDocuments } from './known-documents.ts';

const remembering = (texts: readonly string[], most?: number): KnownDocuments => {
  const known = new KnownDocuments(most);
  for (const text of texts) known.remember(documentId(text), text, parse(text));
  return known;
};

const hashed = (text: string) => ({
  extensions: { persistedQuery: { version: 1, sha256Hash: documentId(text) } },
});

const text = 'query One { one } query Two($of: ID) { two(of: $of) }';

test('finds the operation by name, by text or by hash', () => {
  const known = remembering([text]);
  for (const body of [{ query: text }, hashed(text)]) {
    const asked = known.asked({ ...body, operationName: 'Two', variables: { of: '1' } });
    expect(asked).toMatchObject({ id: documentId(text), text, variables: { of: '1' }, operationName: 'Two' });
    expect(asked?.operation.name?.value).toBe('Two');
  }
});

test.each([
  ['an unknown document', { query: '{ other }' }],
  ['an unknown hash', hashed('{ other }')],
  ['text and hash together', { query: text, operationName: 'One', ...hashed(text) }],
  ['nothing', {}],
  ['an unknown operation', { query: text, operationName: 'Three' }],
  ['no name for one of two operations', { query: text }],
  ['a name that is no text', { query: text, operationName: 1 }],
  ['variables that are no object', { query: text, operationName: 'One', variables: [] }],
  ['a query that is no text', { query: { kind: 'Document' } }],
])('leaves to others: %s', (_, body) => {
  expect(remembering([text]).asked(body)).toBeUndefined();
});

test('forgets the documents that were not asked for the longest, by text and by hash', () => {
  const [a, b, c] = ['{ aaaa }', '{ bbbb }', '{ cccc }'];
  const known = remembering([a, b], 20);
  expect(known.asked({ query: a })).toBeDefined();
  known.remember(documentId(c), c, parse(c));
  expect(known.asked(hashed(b))).toBeUndefined();
  expect(known.asked({ query: b })).toBeUndefined();
  expect(known.asked(hashed(a))).toBeDefined();
  expect(known.asked({ query: c })).toBeDefined();
});
