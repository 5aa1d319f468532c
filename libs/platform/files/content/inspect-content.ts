import type { MediaType } from '../media-types.ts';
import type { FileProblemCode } from '../problems.ts';
import { inspectJpeg, inspectPng } from './images.ts';
import { inspectPdfApart } from './pdf/inspect-apart.ts';

type Verdict = FileProblemCode | undefined;

const endOfZip = Buffer.from([0x50, 0x4b, 0x05, 0x06]);
const endOfZipLength = 22;
const longestZipComment = 65_535;

/**
 * Whether readers of zip archives may find one, which they look for from the end (APPNOTE.TXT 4.3.16). What the end of an
 * archive says of itself does not matter: some readers pass over what follows it.
 */
const isZipToo = (bytes: Buffer): boolean =>
  bytes.subarray(-(endOfZipLength + longestZipComment)).includes(endOfZip);

/** Readers of PDF take a document that begins within so many bytes. */
const isPdfToo = (bytes: Buffer): boolean => bytes.subarray(0, 1_024).includes('%PDF-');

const inspections: Partial<Record<MediaType, (bytes: Buffer) => Verdict | Promise<Verdict>>> = {
  'application/pdf': (bytes) => inspectPdfApart(bytes),
  'image/png': (bytes) => (isPdfToo(bytes) ? 'FILE_AMBIGUOUS' : inspectPng(bytes)),
  'image/jpeg': (bytes) => (isPdfToo(bytes) ? 'FILE_AMBIGUOUS' : inspectJpeg(bytes)),
};

/** Whether papers of this kind are looked into as a whole. */
export const isLookedInto = (mediaType: MediaType): boolean => inspections[mediaType] !== undefined;

/** Why the whole content of a paper is not taken in; undefined where nothing speaks against it. */
export const inspectContent = async (bytes: Buffer, mediaType: MediaType): Promise<Verdict> => {
  const inspect = inspections[mediaType];
  if (inspect === undefined) return undefined;
  return isZipToo(bytes) ? 'FILE_AMBIGUOUS' : inspect(bytes);
};
