import iconv from 'iconv-lite';
import { type ByteSource, bytesBetween } from './byte-source.ts';
import { refusals } from './refusals.ts';
import type { TextEncoding } from './table.ts';

/** How a text file is written. */
export type DetectedEncoding = { readonly encoding: TextEncoding; readonly bom: boolean };

const MARKS: readonly { encoding: TextEncoding; mark: Buffer }[] = [
  { encoding: 'utf-8', mark: Buffer.from([0xef, 0xbb, 0xbf]) },
  { encoding: 'utf-16le', mark: Buffer.from([0xff, 0xfe]) },
];

/**
 * Detects the encoding by strict decoding of the whole file, in pieces: UTF-8 when every byte fits, else GB18030
 * when every byte fits, else FileProblem. A byte order mark decides at once but does not excuse bad bytes.
 */
export async function detectEncoding(source: ByteSource): Promise<DetectedEncoding> {
  const marked = await byteOrderMark(source);
  if (marked !== null) {
    if (!(await decodes(source, marked))) throw refusals.encoding();
    return { encoding: marked, bom: true };
  }
  for (const encoding of ['utf-8', 'gb18030'] as const) {
    if (await decodes(source, encoding)) return { encoding, bom: false };
  }
  throw refusals.encoding();
}

async function byteOrderMark(source: ByteSource): Promise<TextEncoding | null> {
  const head = await bytesBetween(source, 0, 3);
  return MARKS.find(({ mark }) => head.subarray(0, mark.length).equals(mark))?.encoding ?? null;
}

async function decodes(source: ByteSource, encoding: TextEncoding): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const chunk of source.stream(0, source.size)) decoder.decode(chunk, { stream: true });
    decoder.decode();
    return true;
  } catch (error) {
    if (isDecodingError(error)) return false;
    throw error;
  }
}

const isDecodingError = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA';

/** The text of a file in pieces, without its byte order mark. */
export async function* decodedText(source: ByteSource, encoding: TextEncoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for await (const chunk of source.stream(0, source.size)) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

/** Text in the bytes of an encoding. */
export const encodeText = (text: string, encoding: TextEncoding): Buffer =>
  encoding === 'utf-8' ? Buffer.from(text) : iconv.encode(text, encoding);
