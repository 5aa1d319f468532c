/** What a file is by its first bytes. A workbook is a zip archive; what lies in it, its reader looks at. */
export type ContentKind = 'ZIP' | 'TEXT' | 'PDF' | 'PNG' | 'JPEG';

/** So many first bytes decide. */
export const headLength = 8_192;

const magics: readonly { kind: ContentKind; bytes: readonly number[] }[] = [
  { kind: 'ZIP', bytes: [0x50, 0x4b, 0x03, 0x04] },
  { kind: 'PDF', bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { kind: 'PNG', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { kind: 'JPEG', bytes: [0xff, 0xd8, 0xff] },
];
const utf16Mark = [0xff, 0xfe];
const markup = /^(?:\xef\xbb\xbf)?\s*<(?:\?xml|!doctype|html|head|meta|script|svg|table|style)/iu;
/** Control characters that stand in texts: tab, line feed, form feed, carriage return, end of file, escape. */
const textControls: ReadonlySet<number> = new Set([9, 10, 12, 13, 26, 27]);

/** Kind of a content by its head; `undefined` for everything that nobody may hand in. */
export const sniffContent = (head: Uint8Array): ContentKind | undefined => {
  const known = magics.find(({ bytes }) => startsWith(head, bytes));
  if (known !== undefined) return known.kind;
  if (head.length === 0) return undefined;
  if (startsWith(head, utf16Mark)) return 'TEXT';
  if (head.some((byte) => byte < 32 && !textControls.has(byte))) return undefined;
  return markup.test(Buffer.from(head).toString('latin1')) ? undefined : 'TEXT';
};

const startsWith = (head: Uint8Array, bytes: readonly number[]): boolean =>
  head.length >= bytes.length && bytes.every((byte, at) => head[at] === byte);
