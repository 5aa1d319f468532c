import type { TrueType } from './true-type.ts';

/** The part of a face that one document uses; glyphs are numbered in the order in which they are first used. */
export type Subset = {
  /** The number of a glyph of the face in the subset. */
  includeGlyph: (glyph: number) => number;
  /** The subset as a TrueType file with the tables that a PDF embeds; the same bytes for the same glyphs in the same order. */
  encode: () => Buffer;
};

const COPIED = ['cvt ', 'fpgm', 'prep'];

/** An empty subset of a face. Glyph 0, the sign for what is missing, is always in it. */
export const subsetOf = (face: TrueType): Subset => {
  const glyphs: number[] = [];
  const numbers = new Map<number, number>();
  const includeGlyph = (glyph: number): number => {
    const known = numbers.get(glyph);
    if (known !== undefined) return known;
    numbers.set(glyph, glyphs.length);
    glyphs.push(glyph);
    return glyphs.length - 1;
  };
  includeGlyph(0);
  return { includeGlyph, encode: () => encode(face, glyphs) };
};

const encode = (face: TrueType, glyphs: readonly number[]): Buffer => {
  const outlines = glyphs.map((glyph) => padded(simple(face.outlineOf(glyph))));
  const loca = Buffer.alloc((outlines.length + 1) * 4);
  let end = 0;
  for (const [index, outline] of outlines.entries()) {
    end += outline.length;
    loca.writeUInt32BE(end, (index + 1) * 4);
  }
  const hmtx = Buffer.alloc(glyphs.length * 4);
  for (const [index, glyph] of glyphs.entries()) {
    hmtx.writeUInt16BE(face.advanceOf(glyph), index * 4);
    hmtx.writeInt16BE(face.bearingOf(glyph), index * 4 + 2);
  }
  const tables = new Map<string, Buffer>();
  for (const tag of COPIED) {
    const table = face.table(tag);
    if (table) tables.set(tag, table);
  }
  tables.set('glyf', Buffer.concat(outlines));
  tables.set('head', changed(face, 'head', setLongOffsets));
  tables.set(
    'hhea',
    changed(face, 'hhea', (hhea) => hhea.writeUInt16BE(glyphs.length, 34)),
  );
  tables.set('hmtx', hmtx);
  tables.set('loca', loca);
  tables.set(
    'maxp',
    changed(face, 'maxp', (maxp) => maxp.writeUInt16BE(glyphs.length, 4)),
  );
  return fileOf(tables);
};

/** Offsets of four bytes; the checksum of the whole, which readers of embedded faces pass over, is left out. */
const setLongOffsets = (head: Buffer): void => {
  head.writeUInt32BE(0, 8);
  head.writeInt16BE(1, 50);
};

const changed = (face: TrueType, tag: string, change: (table: Buffer) => unknown): Buffer => {
  const table = Buffer.from(face.table(tag) ?? Buffer.alloc(0));
  change(table);
  return table;
};

/** A stored outline; one that is made of other outlines, which Chinese faces do without, is refused. */
const simple = (outline: Buffer): Buffer => {
  if (outline.length > 0 && outline.readInt16BE(0) < 0)
    throw new TypeError('a composite glyph is not supported');
  return outline;
};

const padded = (bytes: Buffer): Buffer =>
  bytes.length % 4 === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(4 - (bytes.length % 4))]);

/** Tables as a file: directory by tag, checksums, every table on a multiple of four bytes. */
const fileOf = (tables: ReadonlyMap<string, Buffer>): Buffer => {
  const entries = [...tables].sort(([a], [b]) => (a < b ? -1 : 1));
  const directory = Buffer.alloc(12 + entries.length * 16);
  const power = Math.floor(Math.log2(entries.length));
  directory.writeUInt32BE(0x00010000, 0);
  directory.writeUInt16BE(entries.length, 4);
  directory.writeUInt16BE(2 ** power * 16, 6);
  directory.writeUInt16BE(power, 8);
  directory.writeUInt16BE((entries.length - 2 ** power) * 16, 10);
  let start = directory.length;
  const bodies: Buffer[] = [];
  for (const [index, [tag, table]] of entries.entries()) {
    const at = 12 + index * 16;
    const body = padded(table);
    directory.write(tag, at, 'latin1');
    directory.writeUInt32BE(checksum(body), at + 4);
    directory.writeUInt32BE(start, at + 8);
    directory.writeUInt32BE(table.length, at + 12);
    bodies.push(body);
    start += body.length;
  }
  return Buffer.concat([directory, ...bodies]);
};

const checksum = (bytes: Buffer): number => {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 4) sum = (sum + bytes.readUInt32BE(at)) >>> 0;
  return sum;
};
