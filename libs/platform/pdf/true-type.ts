/** A glyph of a face: its index and how far the pen moves after it, in units of the face. */
export type Glyph = { id: number; advanceWidth: number };

/**
 * A TrueType face as the bytes of its file, read in place: opening it costs a look at its directory, whatever its size.
 * Coordinates are in units of the face (`unitsPerEm` to an em), y upwards.
 */
export type TrueType = {
  postscriptName: string;
  unitsPerEm: number;
  ascent: number;
  descent: number;
  capHeight: number;
  xHeight: number;
  bounds: { minX: number; minY: number; maxX: number; maxY: number };
  /** The glyph of a code point, undefined when the face has none. */
  glyphOf: (codePoint: number) => Glyph | undefined;
  advanceOf: (glyph: number) => number;
  /** Left side bearing. */
  bearingOf: (glyph: number) => number;
  /** The outline as stored; empty for a glyph without ink. */
  outlineOf: (glyph: number) => Buffer;
  /** The bytes of a table, undefined when the face has none of the name. */
  table: (tag: string) => Buffer | undefined;
};

const TRUE_TYPE = 0x00010000;

/** Opens a TrueType face with a Unicode character map of format 12; throws TypeError for anything else. */
export const openTrueType = (file: Buffer): TrueType => {
  if (file.readUInt32BE(0) !== TRUE_TYPE) throw new TypeError('not a TrueType face');
  const directory = readDirectory(file);
  const table = (tag: string) => directory.get(tag);
  const needed = (tag: string): Buffer => {
    const found = table(tag);
    if (!found) throw new TypeError(`the face has no table ${tag}`);
    return found;
  };
  const [head, hhea, hmtx] = [needed('head'), needed('hhea'), needed('hmtx')];
  const [loca, glyf, os2] = [needed('loca'), needed('glyf'), needed('OS/2')];
  const long = hhea.readUInt16BE(34);
  const offsetOf = (at: number) =>
    head.readInt16BE(50) === 0 ? loca.readUInt16BE(at * 2) * 2 : loca.readUInt32BE(at * 4);
  const advanceOf = (glyph: number) => hmtx.readUInt16BE(Math.min(glyph, long - 1) * 4);
  const indexOf = readCharacterMap(needed('cmap'));
  return {
    postscriptName: readPostscriptName(needed('name')),
    unitsPerEm: head.readUInt16BE(18),
    ascent: hhea.readInt16BE(4),
    descent: hhea.readInt16BE(6),
    xHeight: os2.readInt16BE(86),
    capHeight: os2.readInt16BE(88),
    bounds: {
      minX: head.readInt16BE(36),
      minY: head.readInt16BE(38),
      maxX: head.readInt16BE(40),
      maxY: head.readInt16BE(42),
    },
    glyphOf: (codePoint) => {
      const id = indexOf(codePoint);
      return id === 0 ? undefined : { id, advanceWidth: advanceOf(id) };
    },
    advanceOf,
    bearingOf: (glyph) => hmtx.readInt16BE(glyph < long ? glyph * 4 + 2 : long * 4 + (glyph - long) * 2),
    outlineOf: (glyph) => glyf.subarray(offsetOf(glyph), offsetOf(glyph + 1)),
    table,
  };
};

const readDirectory = (file: Buffer): Map<string, Buffer> => {
  const directory = new Map<string, Buffer>();
  for (let entry = 0; entry < file.readUInt16BE(4); entry += 1) {
    const at = 12 + entry * 16;
    const start = file.readUInt32BE(at + 8);
    const bytes = file.subarray(start, start + file.readUInt32BE(at + 12));
    directory.set(file.toString('latin1', at, at + 4), bytes);
  }
  return directory;
};

/** Looks glyphs up in the segments of a format 12 map, by halves; 0 for a code point that is not mapped. */
const readCharacterMap = (cmap: Buffer): ((codePoint: number) => number) => {
  const segments = findSegments(cmap);
  const count = segments.readUInt32BE(12);
  return (codePoint) => {
    let [low, high] = [0, count - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const at = 16 + middle * 12;
      const first = segments.readUInt32BE(at);
      if (codePoint < first) high = middle - 1;
      else if (codePoint > segments.readUInt32BE(at + 4)) low = middle + 1;
      else return segments.readUInt32BE(at + 8) + codePoint - first;
    }
    return 0;
  };
};

const findSegments = (cmap: Buffer): Buffer => {
  for (let entry = 0; entry < cmap.readUInt16BE(2); entry += 1) {
    const map = cmap.subarray(cmap.readUInt32BE(4 + entry * 8 + 4));
    if (map.readUInt16BE(0) === 12) return map;
  }
  throw new TypeError('the face has no character map of format 12');
};

const POSTSCRIPT_NAME = 6;
const WINDOWS = 3;

const readPostscriptName = (name: Buffer): string => {
  const texts = name.readUInt16BE(4);
  for (let entry = 0; entry < name.readUInt16BE(2); entry += 1) {
    const at = 6 + entry * 12;
    if (name.readUInt16BE(at) !== WINDOWS || name.readUInt16BE(at + 6) !== POSTSCRIPT_NAME) continue;
    const start = texts + name.readUInt16BE(at + 10);
    return Buffer.from(name.subarray(start, start + name.readUInt16BE(at + 8)))
      .swap16()
      .toString('utf16le');
  }
  throw new TypeError('the face has no PostScript name');
};
