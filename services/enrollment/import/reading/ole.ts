import type { ByteSource } from './byte-source.ts';

const MARK = Buffer.from('EncryptedPackage', 'utf16le');
/** The directory of a compound file lies at its head or its end. */
const SEARCHED_BYTES = 8 * 1024 * 1024;

/** True when a compound file (OLE2) wraps an encrypted OOXML workbook, by the name of its stream. */
export async function isEncryptedOffice(source: ByteSource): Promise<boolean> {
  const { size } = source;
  for (const start of new Set([0, Math.max(0, size - SEARCHED_BYTES)])) {
    if (await holds(source, start, Math.min(size, start + SEARCHED_BYTES))) return true;
  }
  return false;
}

async function holds(source: ByteSource, start: number, end: number): Promise<boolean> {
  let before = Buffer.alloc(0);
  for await (const chunk of source.stream(start, end)) {
    const seen = Buffer.concat([before, chunk]);
    if (seen.includes(MARK)) return true;
    before = seen.subarray(Math.max(0, seen.length - MARK.length + 1));
  }
  return false;
}
