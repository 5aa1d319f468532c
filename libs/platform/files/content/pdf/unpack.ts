import { constants, inflateSync } from 'node:zlib';
import { PDFArray, PDFDict, PDFName, PDFNumber, type PDFRawStream } from '@cantoo/pdf-lib';
import { notReadable, PdfRefused } from './pdf-refused.ts';

/** Bytes that a document may still unpack to; one that unpacks to more is made to hurt. */
export type Budget = { left: number };

/** An entry of a dictionary by its name. */
export const entry = (dictionary: PDFDict, name: string) => dictionary.get(PDFName.of(name));

/** A whole number in a dictionary; undefined where there is none. */
export const integer = (dictionary: PDFDict, name: string): number | undefined => {
  const value = entry(dictionary, name);
  return value instanceof PDFNumber && Number.isSafeInteger(value.asNumber()) ? value.asNumber() : undefined;
};

/** The name that stands in a dictionary; undefined where there is none. */
export const nameIn = (dictionary: PDFDict, name: string): string | undefined => {
  const value = entry(dictionary, name);
  return value instanceof PDFName ? value.decodeText() : undefined;
};

/** How a stream is packed, outermost first. Throws where that stands elsewhere. */
export const filtersOf = ({ dict }: PDFRawStream): string[] => {
  const said = entry(dict, 'Filter');
  if (said === undefined) return [];
  const each = said instanceof PDFArray ? said.asArray() : [said];
  return each.map((filter) => {
    if (!(filter instanceof PDFName)) throw notReadable();
    return filter.decodeText();
  });
};

const isFlate = (filter: string): boolean => filter === 'FlateDecode' || filter === 'Fl';

/** Unpacks bytes within the budget. Throws FILE_UNPACKS_TOO_LARGE, and whatever zlib says of damaged ones. */
export const inflateWithin = (bytes: Uint8Array, budget: Budget): Buffer => {
  try {
    // Some writers leave the end of a stream out.
    const options = { maxOutputLength: Math.max(1, budget.left), finishFlush: constants.Z_SYNC_FLUSH };
    const plain = inflateSync(bytes, options);
    budget.left -= plain.length;
    return plain;
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === 'ERR_BUFFER_TOO_LARGE') throw new PdfRefused('FILE_UNPACKS_TOO_LARGE');
    throw error;
  }
};

const paeth = (left: number, up: number, corner: number): number => {
  const sum = left + up - corner;
  const [a, b, c] = [Math.abs(sum - left), Math.abs(sum - up), Math.abs(sum - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
};

/** What each kind of row of a PNG is told as a difference from. */
const guesses: readonly ((left: number, up: number, corner: number) => number)[] = [
  () => 0,
  (left) => left,
  (_, up) => up,
  (left, up) => (left + up) >> 1,
  paeth,
];

/** Bytes that were packed as differences from those beside and above them (ISO 32000-2, 7.4.4.4), one byte a column. */
const withoutPredictor = (bytes: Buffer, columns: number): Buffer => {
  const rows = Math.ceil(bytes.length / (columns + 1));
  const plain = Buffer.alloc(rows * columns);
  for (let row = 0; row < rows; row++) {
    const guess = guesses[bytes[row * (columns + 1)] ?? 0];
    if (guess === undefined) throw notReadable();
    for (let column = 0; column < columns; column++) {
      const at = row * columns + column;
      const [left, up] = [column > 0 ? plain[at - 1] : 0, row > 0 ? plain[at - columns] : 0];
      const corner = column > 0 && row > 0 ? plain[at - columns - 1] : 0;
      const told = bytes[row * (columns + 1) + 1 + column] ?? 0;
      plain[at] = told + guess(left ?? 0, up ?? 0, corner ?? 0);
    }
  }
  return plain;
};

const firstPredictorOfPng = 10;

/** The plain bytes of a stream on which the structure of the document rests. Throws for one that is packed in an unusual way. */
export const unpackStructure = (stream: PDFRawStream, budget: Budget): Buffer => {
  const filters = filtersOf(stream);
  if (filters.length === 0) return Buffer.from(stream.contents);
  if (filters.length > 1 || !filters.every(isFlate)) throw notReadable();
  const plain = inflateWithin(stream.contents, budget);
  const said = entry(stream.dict, 'DecodeParms');
  const parameters = said instanceof PDFArray ? said.asArray()[0] : said;
  if (parameters === undefined) return plain;
  if (!(parameters instanceof PDFDict)) throw notReadable();
  const predictor = integer(parameters, 'Predictor') ?? 1;
  if (predictor === 1) return plain;
  const isByteWise =
    (integer(parameters, 'Colors') ?? 1) === 1 && (integer(parameters, 'BitsPerComponent') ?? 8) === 8;
  const columns = integer(parameters, 'Columns') ?? 1;
  if (predictor < firstPredictorOfPng || !isByteWise || columns < 1) throw notReadable();
  return withoutPredictor(plain, columns);
};

/** Unpacks a stream that shows something only to know how large it gets; one that is damaged shows less. */
export const measure = (stream: PDFRawStream, budget: Budget): void => {
  const filters = filtersOf(stream);
  if (filters.filter((filter) => filter !== 'ASCIIHexDecode' && filter !== 'ASCII85Decode').length > 1)
    throw notReadable();
  if (!filters.some(isFlate)) return;
  if (!isFlate(filters[0] ?? '')) throw notReadable();
  try {
    inflateWithin(stream.contents, budget);
  } catch (error) {
    if (error instanceof PdfRefused) throw error;
  }
};
