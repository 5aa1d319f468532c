import { constants, inflateSync } from 'node:zlib';
import type { FileProblemCode } from '../problems.ts';
import {
  activeNames,
  encryptNames,
  filterNames,
  flateNames,
  goToNames,
  has,
  objectStreamNames,
  openActionNames,
  otherFilterNames,
  shortActiveNames,
} from './pdf-names.ts';

/** The objects of a document unpack to so many bytes at most; larger ones are made to hurt. */
const mostUnpacked = 64 * 1024 * 1024;
/** The dictionary before a stream is looked for so far back. */
const longestDictionary = 64 * 1024;
/** Readers look for the end of a document within so many last bytes. */
const tailLength = 1_024;

type Stream = { dictionary: string; start: number; end: number };

/** Streams of a document by their keywords, each with the text of the object before it. */
const streamsOf = (text: string): Stream[] => {
  const streams: Stream[] = [];
  for (const { index, 0: keyword } of text.matchAll(/stream\r?\n/g)) {
    if (text.startsWith('end', index - 3)) continue;
    const start = index + keyword.length;
    const found = text.indexOf('endstream', start);
    const before = text.slice(Math.max(0, index - longestDictionary), index);
    const from = before.lastIndexOf(' obj');
    streams.push({
      dictionary: before.slice(Math.max(0, from)),
      start,
      end: found < 0 ? text.length : found,
    });
  }
  return streams;
};

/** The text outside of streams; a keyword in a stream does not begin another one. */
const outside = (text: string, streams: readonly Stream[]): string => {
  const kept: string[] = [];
  let at = 0;
  for (const { start, end } of streams) {
    if (start < at) continue;
    kept.push(text.slice(at, start));
    at = end;
  }
  return [...kept, text.slice(at)].join('\n');
};

type Unpacked = { texts: string[] } | { refusal: FileProblemCode };

/** What lies packed in streams of objects: a reader takes every object in them for one of the document. */
const unpack = (bytes: Buffer, streams: readonly Stream[]): Unpacked => {
  const texts: string[] = [];
  let left = mostUnpacked;
  for (const { dictionary, start, end } of streams) {
    if (!has(dictionary, objectStreamNames)) continue;
    if (has(dictionary, otherFilterNames)) return { refusal: 'PDF_NOT_READABLE' };
    if (!has(dictionary, flateNames)) {
      if (has(dictionary, filterNames)) return { refusal: 'PDF_NOT_READABLE' };
      texts.push(bytes.toString('latin1', start, end));
      continue;
    }
    try {
      const options = { maxOutputLength: left, finishFlush: constants.Z_SYNC_FLUSH };
      const plain = inflateSync(bytes.subarray(start), options);
      left -= plain.length;
      if (left <= 0) return { refusal: 'FILE_UNPACKS_TOO_LARGE' };
      texts.push(plain.toString('latin1'));
    } catch (error) {
      const { code } = error as { code?: unknown };
      return { refusal: code === 'ERR_BUFFER_TOO_LARGE' ? 'FILE_UNPACKS_TOO_LARGE' : 'PDF_NOT_READABLE' };
    }
  }
  return { texts };
};

/** Bodies of an object wherever the document defines it, in the open or in a stream of objects. */
const bodiesOf = (number: string, open: string, packed: readonly string[]): string[] => {
  const inTheOpen = [...open.matchAll(new RegExp(`(?:^|[^0-9])${number}\\s+\\d+\\s+obj`, 'g'))].map(
    ({ index, 0: head }) => open.slice(index + head.length, index + head.length + 2_000),
  );
  const inStreams = packed.flatMap((text) => {
    const numbers = /^[\s\d]*/.exec(text)?.[0] ?? '';
    const pairs = numbers.trim().split(/\s+/);
    const at = pairs.findIndex((each, index) => index % 2 === 0 && each === number);
    const offset = Number(pairs[at + 1]);
    // The first object begins right behind the numbers, which need not end with a sign of their own.
    return at < 0
      ? []
      : [
          text.slice(numbers.length + offset - 1, numbers.length + offset + 2_000),
          numbers.slice(-20) + text.slice(numbers.length),
        ];
  });
  return [...inTheOpen, ...inStreams];
};

const isDestination = (value: string): boolean => /^[\s\0]*(?:\[|\(|\/|<[0-9A-Fa-f\s])/.test(value);
const isGoTo = (value: string): boolean => /^[\s\0]*<</.test(value) && has(value.slice(0, 2_000), goToNames);

/** Whether a document only shows a place of its own when it is opened. */
const opensQuietly = (objects: string, open: string, packed: readonly string[]): boolean =>
  [...objects.matchAll(openActionNames)].every(({ index, 0: name }) => {
    const value = objects.slice(index + name.length, index + name.length + 2_000);
    const [, number] = /^[\s\0]*(\d+)\s+\d+\s+R/.exec(value) ?? [];
    if (number === undefined) return isDestination(value) || isGoTo(value);
    const bodies = bodiesOf(number, open, packed);
    return bodies.length > 0 && bodies.some((body) => isDestination(body) || isGoTo(body));
  });

/** Why the end of a document is not what it must be: cut off, or followed by something else. */
const endOf = (text: string): FileProblemCode | undefined => {
  const end = text.lastIndexOf('%%EOF');
  const [, offset] =
    /startxref\s+(\d+)\s*$/.exec(text.slice(Math.max(0, end - tailLength), Math.max(0, end))) ?? [];
  if (end < 0 || offset === undefined || Number(offset) >= end) return 'FILE_CUT_OFF';
  return /^[\s\0]*$/.test(text.slice(end + 5)) ? undefined : 'FILE_AMBIGUOUS';
};

/**
 * Why a PDF is not taken in; undefined where nothing speaks against it. A paper shows something and does nothing: it has no
 * script, starts no program, opens no other file, sends nothing, and carries no other file (ISO 32000-2, 7.11.4, 12.6).
 * What cannot be looked into, because it is encrypted or packed in an unusual way, is not taken either.
 */
export const inspectPdf = (bytes: Buffer): FileProblemCode | undefined => {
  const text = bytes.toString('latin1');
  const end = endOf(text);
  if (end !== undefined) return end;
  if (has(text, encryptNames)) return 'PDF_ENCRYPTED';
  const streams = streamsOf(text);
  const unpacked = unpack(bytes, streams);
  if ('refusal' in unpacked) return unpacked.refusal;
  const open = outside(text, streams);
  const objects = [open, ...unpacked.texts].join('\n');
  const isActive = has(text, activeNames) || has(objects, activeNames) || has(objects, shortActiveNames);
  return isActive || !opensQuietly(objects, open, unpacked.texts) ? 'PDF_ACTIVE' : undefined;
};
