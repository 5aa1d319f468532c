import { PDFDict, PDFNumber, type PDFObject, type PDFRawStream, PDFRef } from '@cantoo/pdf-lib';
import type { FileProblemCode } from '../../problems.ts';
import { isActive, type Objects } from './active.ts';
import { checkCrossReferences, isCrossReferences, isOfObjects } from './cross-references.ts';
import { ObjectReader, type Pieces, streamsAmong } from './object-reader.ts';
import { notReadable, PdfRefused } from './pdf-refused.ts';
import { inspectPicture, isPicture } from './pictures.ts';
import { type Budget, entry, integer, measure, nameIn, unpackStructure } from './unpack.ts';

const megabyte = 1024 * 1024;
/** The objects of a document, and what it shows besides pictures, unpack to so many bytes at most. */
const mostStructure = 64 * megabyte;
const mostShown = 256 * megabyte;
/** Readers look for the end of a document within so many last bytes. */
const tailLength = 1_024;
/** So many bytes a stream may be longer or shorter than it says: the end of a line, counted or not. */
const endOfLine = 2;

/** Why the end of a document is not what it must be: cut off, or followed by something else. */
const endOf = (text: string): FileProblemCode | undefined => {
  const end = text.lastIndexOf('%%EOF');
  const [, offset] =
    /startxref\s+(\d+)\s*$/.exec(text.slice(Math.max(0, end - tailLength), Math.max(0, end))) ?? [];
  if (end < 0 || offset === undefined || Number(offset) >= end) return 'FILE_CUT_OFF';
  return /^[\s\0]*$/.test(text.slice(end + 5)) ? undefined : 'FILE_AMBIGUOUS';
};

/** Readers that mend a document look for the heads of objects everywhere: there are no others than its own. */
const checkHeads = (text: string, { objects }: Pieces): void => {
  const heads = text.match(/\d[\s\0]+\d+[\s\0]+obj/g) ?? [];
  if (heads.length !== objects.length) throw notReadable();
};

const trailersOf = ({ trailers, objects }: Pieces): PDFDict[] => [
  ...trailers,
  ...objects.flatMap(({ body }) => (isCrossReferences(body) ? [body.dict] : [])),
];

type Numbered = { number: number; body: PDFObject };

/** What lies packed in streams of objects: a reader takes every object in them for one of the document. */
const unpacked = (objects: readonly Numbered[], budget: Budget): Numbered[] =>
  objects.flatMap(({ body }) => {
    if (!isOfObjects(body)) return [];
    const [count, first] = [integer(body.dict, 'N'), integer(body.dict, 'First')];
    const bytes = unpackStructure(body, budget);
    if (count === undefined || first === undefined || count < 0 || count > bytes.length) throw notReadable();
    return new ObjectReader(bytes).packed(count, first);
  });

const checkLength = (stream: PDFRawStream, objects: Objects): void => {
  const said = entry(stream.dict, 'Length');
  const lengths = said instanceof PDFRef ? (objects.get(said.objectNumber) ?? []) : [said];
  const fits = (length: PDFObject | undefined): boolean =>
    length instanceof PDFNumber && Math.abs(length.asNumber() - stream.contents.length) <= endOfLine;
  if (lengths.length === 0 || !lengths.every(fits)) throw notReadable();
};

const checkRoot = (trailers: readonly PDFDict[], objects: Objects): void => {
  const root = trailers.map((trailer) => entry(trailer, 'Root')).find((each) => each !== undefined);
  const found = root instanceof PDFRef ? (objects.get(root.objectNumber) ?? []) : [];
  const isCatalogue = (each: PDFObject): boolean =>
    each instanceof PDFDict && nameIn(each, 'Type') === 'Catalog';
  if (found.length === 0 || !found.every(isCatalogue)) throw notReadable();
};

const checkContents = (streams: readonly PDFRawStream[]): void => {
  const shown: Budget = { left: mostShown };
  for (const stream of streams) {
    if (isPicture(stream)) inspectPicture(stream);
    else if (!isOfObjects(stream) && !isCrossReferences(stream)) measure(stream, shown);
  }
};

const inspectPieces = (bytes: Buffer, text: string): FileProblemCode | undefined => {
  const pieces = new ObjectReader(bytes).pieces();
  const trailers = trailersOf(pieces);
  if (trailers.some((trailer) => entry(trailer, 'Encrypt') !== undefined)) return 'PDF_ENCRYPTED';
  checkHeads(text, pieces);
  const structure: Budget = { left: mostStructure };
  checkCrossReferences(bytes, pieces, structure);
  const all = [...pieces.objects, ...unpacked(pieces.objects, structure)];
  const objects: Objects = new Map(
    [...Map.groupBy(all, ({ number }) => number)].map(([number, each]) => [
      number,
      each.map(({ body }) => body),
    ]),
  );
  const bodies = all.map(({ body }) => body);
  const streams = streamsAmong(bodies);
  for (const stream of streams) checkLength(stream, objects);
  checkRoot(trailers, objects);
  if ([...bodies, ...trailers].some((each) => isActive(each, objects))) return 'PDF_ACTIVE';
  checkContents(streams);
  return undefined;
};

/**
 * Why a PDF is not taken in; undefined where nothing speaks against it. A paper shows something and does nothing: it has no
 * script, starts no program, opens no other file, sends nothing, and carries no other file (ISO 32000-2, 7.11.4, 12.6).
 * Every object of every version of it is looked at. What cannot be looked into, because it is encrypted, packed in an
 * unusual way or not what the standard says, is not taken either.
 */
export const inspectPdf = (bytes: Buffer): FileProblemCode | undefined => {
  const text = bytes.toString('latin1');
  const end = endOf(text);
  if (end !== undefined) return end;
  try {
    return inspectPieces(bytes, text);
  } catch (error) {
    return error instanceof PdfRefused ? error.code : 'PDF_NOT_READABLE';
  }
};
