import type { PDFRawStream } from '@cantoo/pdf-lib';
import { inspectJpeg, isTooLarge } from '../images.ts';
import { notReadable, PdfRefused } from './pdf-refused.ts';
import { filtersOf, integer, nameIn } from './unpack.ts';

/** Start of the code stream of a JPEG 2000 and of its size, which stands behind its length and capabilities. */
const startOfJpeg2000 = Buffer.from([0xff, 0x4f, 0xff, 0x51]);
const sizeOfJpeg2000 = 8;

const isLargeJpeg2000 = (bytes: Buffer): boolean => {
  const at = bytes.indexOf(startOfJpeg2000) + sizeOfJpeg2000;
  if (at < sizeOfJpeg2000 || at + 8 > bytes.length) return false;
  return isTooLarge(bytes.readUInt32BE(at), bytes.readUInt32BE(at + 4));
};

/** True for a stream that is a picture. */
export const isPicture = ({ dict }: PDFRawStream): boolean => nameIn(dict, 'Subtype') === 'Image';

/**
 * Refuses a picture that unfolds to an enormous one, by what the document and the picture itself say of its size. JBIG2 is
 * refused as such: how much a few of its bytes unfold to cannot be bounded, and it may swap characters that look alike.
 */
export const inspectPicture = (stream: PDFRawStream): void => {
  const filters = filtersOf(stream);
  if (filters.length > 2 || filters.includes('JBIG2Decode')) throw notReadable();
  const bytes = Buffer.from(stream.contents);
  const isLarge =
    isTooLarge(integer(stream.dict, 'Width') ?? 0, integer(stream.dict, 'Height') ?? 0) ||
    (filters.includes('DCTDecode') && inspectJpeg(bytes) === 'IMAGE_TOO_LARGE') ||
    (filters.includes('JPXDecode') && isLargeJpeg2000(bytes));
  if (isLarge) throw new PdfRefused('IMAGE_TOO_LARGE');
};
