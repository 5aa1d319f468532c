import type { FileHandle } from 'node:fs/promises';

const MARK = Buffer.from('EncryptedPackage', 'utf16le');
const CHUNK = 1024 * 1024;
/** The directory of a compound file lies at its head or its end. */
const SEARCHED_BYTES = 8 * CHUNK;

/** True when a compound file (OLE2) wraps an encrypted OOXML workbook, by the name of its stream. */
export async function isEncryptedOffice(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  for (const start of new Set([0, Math.max(0, size - SEARCHED_BYTES)])) {
    if (await holds(file, start, Math.min(size, start + SEARCHED_BYTES))) return true;
  }
  return false;
}

async function holds(file: FileHandle, start: number, end: number): Promise<boolean> {
  const buffer = Buffer.alloc(CHUNK + MARK.length);
  for (let at = start; at < end; at += CHUNK) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
    if (buffer.subarray(0, bytesRead).includes(MARK)) return true;
  }
  return false;
}
