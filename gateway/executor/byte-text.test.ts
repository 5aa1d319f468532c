import fc from 'fast-check';
import { bytesOf, byteTextOf, readByteText } from './byte-text.ts';

const texts = fc.string({ unit: 'binary', maxLength: 20 });
const signs = fc.string({
  unit: fc.constantFrom('a', '"', '\\', '\0', 'é', '学', '籍', '🏫', '\ud800', '\u2028'),
});
const values = fc.jsonValue({ stringUnit: 'binary' });
const escaped = (json: string): string =>
  json.replaceAll(/[^\0-\x7f]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
/** What an answer is for who gets its bytes. */
const arrived = (value: unknown): unknown => JSON.parse(bytesOf(JSON.stringify(value)).toString());

test('JSON that is read and written as byte text says the same, whatever stands in its texts', () => {
  fc.assert(
    fc.property(fc.oneof(values, fc.array(signs), fc.dictionary(signs, texts)), (value) => {
      const json = JSON.stringify(value);
      const same = JSON.parse(json);
      expect(arrived(readByteText(Buffer.from(json)))).toEqual(same);
      expect(arrived(readByteText(Buffer.from(escaped(json))))).toEqual(same);
    }),
  );
});

test('a text becomes the bytes that it has in UTF-8', () => {
  fc.assert(
    fc.property(fc.oneof(texts, signs), (text) => {
      expect(Buffer.compare(bytesOf(byteTextOf(text)), Buffer.from(text))).toBe(0);
    }),
  );
});

test('bytes that are no UTF-8 never go out', () => {
  const broken = Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xe5, 0xad]), Buffer.from('"}')]);
  expect(bytesOf(JSON.stringify(readByteText(broken))).toString()).toBe('{"name":"\ufffd"}');
});

test('what is no JSON is none', () => {
  for (const text of ['', '{', '学', '{"a":"\\u"}'])
    expect(() => readByteText(Buffer.from(text))).toThrow(SyntaxError);
});
