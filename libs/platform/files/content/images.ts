import { crc32 } from 'node:zlib';
import type { FileProblemCode } from '../problems.ts';

/** Largest side and area of a picture, in pixels: a page of A3 at 600 dots an inch has 70 million. */
const mostSide = 20_000;
const mostArea = 100_000_000;

/** Whether a picture of so many pixels is larger than any page. */
export const isTooLarge = (width: number, height: number): boolean =>
  width > mostSide || height > mostSide || width * height > mostArea;

const signatureLength = 8;
/** Length, kind and check sum around the content of a chunk. */
const chunkFrame = 12;

/** Why a PNG is not taken in: cut off, damaged, too large, or followed by something else. */
export const inspectPng = (bytes: Buffer): FileProblemCode | undefined => {
  for (let at = signatureLength; at + chunkFrame <= bytes.length; ) {
    const end = at + chunkFrame + bytes.readUInt32BE(at);
    if (end > bytes.length) return 'FILE_CUT_OFF';
    const kind = bytes.toString('latin1', at + 4, at + 8);
    if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) return 'FILE_CUT_OFF';
    if (at === signatureLength) {
      if (kind !== 'IHDR' || end - at !== chunkFrame + 13) return 'FILE_CUT_OFF';
      const [width, height] = [bytes.readUInt32BE(at + 8), bytes.readUInt32BE(at + 12)];
      if (width === 0 || height === 0) return 'FILE_CUT_OFF';
      if (isTooLarge(width, height)) return 'IMAGE_TOO_LARGE';
    }
    if (kind === 'IEND') return end === bytes.length ? undefined : 'FILE_AMBIGUOUS';
    at = end;
  }
  return 'FILE_CUT_OFF';
};

/** Markers that stand alone, without a length. */
const isBare = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
/** Start of a frame: its size stands behind it (C4, C8 and CC are tables). */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
const endOfImage = Buffer.from([0xff, 0xd9]);
const startOfScan = 0xda;
/** How archives and documents begin: zip, RAR, 7z, PDF. */
const otherFiles = ['PK\x03\x04', 'PK\x05\x06', 'Rar!\x1a\x07', '7z\xbc\xaf\x27\x1c', '%PDF-'].map((start) =>
  Buffer.from(start, 'latin1'),
);

const inspectBehind = (bytes: Buffer, scan: number): FileProblemCode | undefined => {
  const end = bytes.indexOf(endOfImage, scan);
  if (end < 0) return 'FILE_CUT_OFF';
  const behind = bytes.subarray(end + endOfImage.length);
  return otherFiles.some((start) => behind.includes(start)) ? 'FILE_AMBIGUOUS' : undefined;
};

/**
 * Why a JPEG is not taken in: cut off, too large, or followed by an archive or a document. Cameras write things of their
 * own behind the picture.
 */
export const inspectJpeg = (bytes: Buffer): FileProblemCode | undefined => {
  let isFramed = false;
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return 'FILE_CUT_OFF';
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (isBare(marker)) {
      at += 2;
      continue;
    }
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (end > bytes.length) return 'FILE_CUT_OFF';
    if (isFrame(marker)) {
      if (end < at + 9) return 'FILE_CUT_OFF';
      if (isTooLarge(bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5))) return 'IMAGE_TOO_LARGE';
      isFramed = true;
    }
    if (marker === startOfScan) return isFramed ? inspectBehind(bytes, end) : 'FILE_CUT_OFF';
    at = end;
  }
  return 'FILE_CUT_OFF';
};
