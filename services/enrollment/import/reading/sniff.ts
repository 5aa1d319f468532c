import { type ByteSource, bytesBetween } from './byte-source.ts';
import { isEncryptedOffice } from './ole.ts';
import { refusals } from './refusals.ts';

/** What a file is by its first bytes; its name is not asked. */
export type SniffedKind = 'zip' | 'text';

const HEAD_BYTES = 8_192;

const FOREIGN: readonly { magic: readonly (number | null)[]; zh: string; en: string }[] = [
  { magic: [0x25, 0x50, 0x44, 0x46], zh: 'PDF 文档', en: 'a PDF' },
  { magic: [0x89, 0x50, 0x4e, 0x47], zh: '图片', en: 'a PNG picture' },
  { magic: [0xff, 0xd8, 0xff], zh: '图片', en: 'a JPEG picture' },
  { magic: [0x47, 0x49, 0x46, 0x38], zh: '图片', en: 'a GIF picture' },
  { magic: [0x42, 0x4d, null, null, null, null, 0, 0, 0, 0], zh: '图片', en: 'a BMP picture' },
  { magic: [0x52, 0x49, 0x46, 0x46], zh: '图片或音视频', en: 'a RIFF container' },
  { magic: [0x49, 0x49, 0x2a, 0x00], zh: '图片', en: 'a TIFF picture' },
  { magic: [0x4d, 0x4d, 0x00, 0x2a], zh: '图片', en: 'a TIFF picture' },
  { magic: [null, null, null, null, 0x66, 0x74, 0x79, 0x70], zh: '图片或音视频', en: 'an ISO media file' },
  { magic: [0x52, 0x61, 0x72, 0x21], zh: 'RAR 压缩包', en: 'a RAR archive' },
  { magic: [0x37, 0x7a, 0xbc, 0xaf], zh: '7z 压缩包', en: 'a 7z archive' },
  { magic: [0x1f, 0x8b], zh: 'GZIP 压缩包', en: 'a gzip archive' },
  { magic: [0x7b, 0x5c, 0x72, 0x74, 0x66], zh: 'RTF 文档', en: 'an RTF document' },
];
const ZIP = [0x50, 0x4b];
const ZIP_MARKS: readonly number[] = [0x0304, 0x0506, 0x0708];
const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const MARKUP = /^\s*<(?:\?xml|!doctype|html|table|meta|head|workbook|style)/iu;

/**
 * Tells a workbook (zip) from text by content. Throws FileProblem for everything else: empty, old or encrypted
 * workbooks, pictures, PDF, other archives, web pages saved as .xls, binary data.
 */
export async function sniff(source: ByteSource): Promise<SniffedKind> {
  const head = await bytesBetween(source, 0, HEAD_BYTES);
  if (head.length === 0) throw refusals.empty();
  if (startsWith(head, ZIP) && ZIP_MARKS.includes(head.length > 3 ? head.readUInt16BE(2) : 0)) return 'zip';
  if (startsWith(head, OLE))
    throw (await isEncryptedOffice(source)) ? refusals.encrypted() : refusals.oldExcel();
  const foreign = FOREIGN.find((entry) => startsWith(head, entry.magic));
  if (foreign !== undefined) throw refusals.notSupported(foreign.zh, foreign.en);
  if (isUtf16(head)) return 'text';
  if (head.includes(0)) throw refusals.notSupported('无法识别的数据', 'unknown binary data');
  const text = head.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '');
  if (MARKUP.test(text)) throw refusals.notSupported('网页或 XML 文档', 'markup (HTML or XML)');
  if (text.trim() === '') throw refusals.empty();
  return 'text';
}

const isUtf16 = (head: Buffer): boolean => head.length >= 2 && head[0] === 0xff && head[1] === 0xfe;

const startsWith = (head: Buffer, magic: readonly (number | null)[]): boolean =>
  head.length >= magic.length && magic.every((byte, at) => byte === null || head[at] === byte);
