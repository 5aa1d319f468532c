import fc from 'fast-check';
import { written } from './written.ts';

const longText = fc.string({ unit: 'binary', minLength: 2_000, maxLength: 3_000, size: 'max' });

test('a long text is written as the bytes that it has in UTF-8, whatever stands in it', () => {
  fc.assert(
    fc.property(longText, (text) => {
      const bytes = written(text);
      expect(bytes).toBeInstanceOf(Buffer);
      expect(Buffer.compare(bytes as Buffer, Buffer.from(text))).toBe(0);
    }),
    { numRuns: 20 },
  );
});

test('a short text and bytes stay what they are', () => {
  const bytes = Buffer.from('{"data":{}}');
  expect(written('{"data":{}}')).toBe('{"data":{}}');
  expect(written(bytes)).toBe(bytes);
});
