import type { MediaType } from '../media-types.ts';
import type { FileProblemCode } from '../problems.ts';
import { inspectJpeg, inspectPng } from './images.ts';
import { inspectPdf } from './pdf.ts';

const endOfZip = Buffer.from([0x50, 0x4b, 0x05, 0x06]);
const endOfZipLength = 22;
const longestZipComment = 65_535;

/** Whether a file is a zip archive as well, which is read from its end (APPNOTE.TXT 4.3.16). */
const isZipToo = (bytes: Buffer): boolean => {
  const first = Math.max(0, bytes.length - endOfZipLength - longestZipComment);
  for (let at = bytes.lastIndexOf(endOfZip); at >= first; at = bytes.lastIndexOf(endOfZip, at - 1)) {
    if (
      at + endOfZipLength <= bytes.length &&
      at + endOfZipLength + bytes.readUInt16LE(at + 20) === bytes.length
    )
      return true;
    if (at === 0) break;
  }
  return false;
};

/** Readers of PDF take a document that begins within so many bytes. */
const isPdfToo = (bytes: Buffer): boolean => bytes.subarray(0, 1_024).includes('%PDF-');

const inspections: Partial<Record<MediaType, (bytes: Buffer) => FileProblemCode | undefined>> = {
  'application/pdf': inspectPdf,
  'image/png': (bytes) => (isPdfToo(bytes) ? 'FILE_AMBIGUOUS' : inspectPng(bytes)),
  'image/jpeg': (bytes) => (isPdfToo(bytes) ? 'FILE_AMBIGUOUS' : inspectJpeg(bytes)),
};

/** Whether papers of this kind are looked into as a whole. */
export const isLookedInto = (mediaType: MediaType): boolean => inspections[mediaType] !== undefined;

/** Why the whole content of a paper is not taken in; undefined where nothing speaks against it. */
export const inspectContent = (bytes: Buffer, mediaType: MediaType): FileProblemCode | undefined => {
  const inspect = inspections[mediaType];
  if (inspect === undefined) return undefined;
  return isZipToo(bytes) ? 'FILE_AMBIGUOUS' : inspect(bytes);
};
