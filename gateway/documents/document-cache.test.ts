import { DocumentCache } from './document-cache.ts';

const listed = new Map([['h1', '{ listed }']]);

test('the latest documents stay within the size, the one used longest ago goes first', async () => {
  const cache = new DocumentCache(new Map(), 30);
  await cache.set('apq:a', 'a'.repeat(10));
  await cache.set('apq:b', 'b'.repeat(10));
  await cache.set('apq:c', 'c'.repeat(10));
  await cache.get('apq:a');
  await cache.set('apq:d', 'd'.repeat(10));
  expect(await cache.get('apq:b')).toBeUndefined();
  expect(await cache.get('apq:a')).toBe('a'.repeat(10));
  expect(await cache.get('apq:d')).toBe('d'.repeat(10));
});

test('a document that is set again counts once', async () => {
  const cache = new DocumentCache(new Map(), 20);
  for (let turn = 0; turn < 5; turn++) await cache.set('apq:a', 'a'.repeat(10));
  await cache.set('apq:b', 'b'.repeat(10));
  expect(await cache.get('apq:a')).toBe('a'.repeat(10));
});

test('documents of the safelist are found by their id and never go', async () => {
  const cache = new DocumentCache(listed, 5);
  await cache.set('apq:x', 'x'.repeat(100));
  expect(await cache.get('apq:h1')).toBe('{ listed }');
  expect(await cache.get('apq:x')).toBeUndefined();
});
