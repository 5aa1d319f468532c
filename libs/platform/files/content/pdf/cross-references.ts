import { PDFArray, type PDFDict, PDFNumber, PDFRawStream } from '@cantoo/pdf-lib';
import type { Pieces, TableEntry } from './object-reader.ts';
import { notReadable } from './pdf-refused.ts';
import { type Budget, entry, integer, nameIn, unpackStructure } from './unpack.ts';

/** Whether a stream holds cross references. */
export const isCrossReferences = (body: unknown): body is PDFRawStream =>
  body instanceof PDFRawStream && nameIn(body.dict, 'Type') === 'XRef';

/** Whether readers may take a stream for one of objects: by its type, or by what such a one alone has. */
export const isOfObjects = (body: unknown): body is PDFRawStream =>
  body instanceof PDFRawStream &&
  (nameIn(body.dict, 'Type') === 'ObjStm' || entry(body.dict, 'First') !== undefined);

/** Where objects are said to be: in the open, or in a stream of objects by its number. */
type Said = { open: TableEntry[]; packedIn: number[] };

const numbersOf = (dictionary: PDFDict, name: string): number[] | undefined => {
  const value = entry(dictionary, name);
  if (value === undefined) return undefined;
  if (!(value instanceof PDFArray)) throw notReadable();
  return value.asArray().map((each) => {
    if (!(each instanceof PDFNumber)) throw notReadable();
    return each.asNumber();
  });
};

const inTheOpen = 1;
const inAStream = 2;
const widestField = 6;

/** What a stream of cross references says (ISO 32000-2, 7.5.8). */
const saidBy = (stream: PDFRawStream, budget: Budget): Said => {
  const bytes = unpackStructure(stream, budget);
  const widths = numbersOf(stream.dict, 'W') ?? [];
  const index = numbersOf(stream.dict, 'Index') ?? [0, integer(stream.dict, 'Size') ?? 0];
  if (widths.length !== 3 || widths.some((width) => width < 0 || width > widestField)) throw notReadable();
  const [kindWidth = 0, offsetWidth = 0, lastWidth = 0] = widths;
  const rowLength = kindWidth + offsetWidth + lastWidth;
  const said: Said = { open: [], packedIn: [] };
  let at = 0;
  for (let part = 0; part + 1 < index.length; part += 2) {
    const [first = 0, count = 0] = index.slice(part, part + 2);
    for (let object = first; object < first + count; object++, at += rowLength) {
      if (rowLength === 0 || at + rowLength > bytes.length) throw notReadable();
      const kind = kindWidth === 0 ? inTheOpen : bytes.readUIntBE(at, kindWidth);
      const value = offsetWidth === 0 ? 0 : bytes.readUIntBE(at + kindWidth, offsetWidth);
      if (kind === inTheOpen) said.open.push({ object, offset: value });
      if (kind === inAStream) said.packedIn.push(value);
    }
  }
  return said;
};

/** Some writers count the white space before an object to it. */
const firstSign = (bytes: Buffer, offset: number): number => {
  let at = offset;
  while (at < bytes.length && [0, 9, 10, 12, 13, 32].includes(bytes[at] ?? -1)) at += 1;
  return at;
};

/**
 * Refuses a document whose cross references lead anywhere else than to its own objects: readers that follow them see what
 * a reading from the first byte to the last sees, and nothing that hides in a comment, a text or a stream.
 */
export const checkCrossReferences = (bytes: Buffer, pieces: Pieces, budget: Budget): void => {
  const numberAt = new Map(pieces.objects.map(({ at, number }) => [at, number]));
  const streams = pieces.objects.filter(({ body }) => isCrossReferences(body));
  const sections = new Set([...pieces.tables, ...streams].map(({ at }) => at));
  const ofObjects = new Set(
    pieces.objects.flatMap(({ number, body }) => (isOfObjects(body) ? [number] : [])),
  );
  const bodies = streams.map(({ body }) => body).filter(isCrossReferences);
  const said = bodies.map((stream) => saidBy(stream, budget));
  const open = [...pieces.tables.map(({ entries }) => entries), ...said.map((each) => each.open)].flat();
  const leadsAstray = ({ object, offset }: TableEntry): boolean =>
    offset !== 0 && numberAt.get(firstSign(bytes, offset)) !== object;
  const chained = [...pieces.trailers, ...bodies.map(({ dict }) => dict)].flatMap((dictionary) =>
    ['Prev', 'XRefStm'].flatMap((name) =>
      entry(dictionary, name) === undefined ? [] : [integer(dictionary, name) ?? -1],
    ),
  );
  const isSection = (offset: number): boolean => sections.has(firstSign(bytes, offset));
  const last = pieces.starts.at(-1);
  if (
    last === undefined ||
    !isSection(last) ||
    !pieces.starts.every((start) => start === 0 || isSection(start)) ||
    !chained.every((offset) => offset === 0 || isSection(offset)) ||
    open.some(leadsAstray) ||
    !said.flatMap(({ packedIn }) => packedIn).every((number) => ofObjects.has(number))
  )
    throw notReadable();
};
