import { isUtf8 } from 'node:buffer';

/**
 * A text in which each character stands for one byte of its UTF-8. What goes from services to callers unchanged is kept so:
 * it is neither decoded nor encoded again, and takes half the room of a text with Chinese in it. JSON is written and
 * read as of any other text, since its own signs are one byte each; nothing else may be done with such a text.
 */
export type ByteText = string;

const isAscii = /^[\0-\x7f]*$/;

export const byteTextOf = (text: string): ByteText =>
  isAscii.test(text) ? text : Buffer.from(text).toString('latin1');

export const bytesOf = (text: ByteText): Buffer => Buffer.from(text, 'latin1');

/**
 * What JSON in UTF-8 says, its texts as ByteText. Where an escape may stand for a character of several bytes, or bytes are no
 * UTF-8, it is first read and written out as usual: no such escape is left then. Throws a SyntaxError.
 */
export const readByteText = (json: Buffer): unknown =>
  isUtf8(json) && !json.includes('\\u')
    ? JSON.parse(json.toString('latin1'))
    : JSON.parse(byteTextOf(JSON.stringify(JSON.parse(json.toString()))));
