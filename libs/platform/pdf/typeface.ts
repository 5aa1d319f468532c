import { type Subset, subsetOf } from './subset.ts';
import type { TrueType } from './true-type.ts';

type Position = {
  xAdvance: number;
  yAdvance: number;
  xOffset: number;
  yOffset: number;
  advanceWidth: number;
};
type Drawn = { id: number; advanceWidth: number; codePoints: number[] };
type Run = { glyphs: Drawn[]; positions: Position[]; advanceWidth: number };

/**
 * A face in the shape that pdfkit asks of one: laid out glyph by glyph without ligatures and kerning, which Chinese type
 * does without. One typeface serves any number of documents of a process; each takes a subset of its own.
 */
export type Typeface = {
  postscriptName: string;
  unitsPerEm: number;
  ascent: number;
  descent: number;
  lineGap: number;
  capHeight: number;
  xHeight: number;
  italicAngle: number;
  bbox: TrueType['bounds'];
  head: { macStyle: { italic: boolean } };
  post: { isFixedPitch: boolean };
  getGlyph: (id: number) => { advanceWidth: number };
  layout: (text: string) => Run;
  createSubset: () => Subset;
  /** Width of a character in ems, undefined when the face lacks it. */
  widthOf: (character: string) => number | undefined;
};

/** A face for documents; characters that it lacks come out as its sign for what is missing. */
export const typefaceOf = (face: TrueType): Typeface => {
  const drawn = new Map<number, Drawn | undefined>();
  const draw = (codePoint: number): Drawn | undefined => {
    if (!drawn.has(codePoint)) {
      const glyph = face.glyphOf(codePoint);
      drawn.set(codePoint, glyph && { ...glyph, codePoints: [codePoint] });
    }
    return drawn.get(codePoint);
  };
  return {
    postscriptName: face.postscriptName,
    unitsPerEm: face.unitsPerEm,
    ascent: face.ascent,
    descent: face.descent,
    lineGap: 0,
    capHeight: face.capHeight,
    xHeight: face.xHeight,
    italicAngle: 0,
    bbox: face.bounds,
    head: { macStyle: { italic: false } },
    post: { isFixedPitch: false },
    getGlyph: (id) => ({ advanceWidth: face.advanceOf(id) }),
    layout: (text) => {
      const glyphs = [...text].map((character) => {
        const codePoint = character.codePointAt(0) ?? 0;
        return draw(codePoint) ?? { id: 0, advanceWidth: face.advanceOf(0), codePoints: [codePoint] };
      });
      return {
        glyphs,
        positions: glyphs.map(({ advanceWidth }) => ({
          xAdvance: advanceWidth,
          yAdvance: 0,
          xOffset: 0,
          yOffset: 0,
          advanceWidth,
        })),
        advanceWidth: glyphs.reduce(
          (sum, { advanceWidth }) => sum + (advanceWidth / face.unitsPerEm) * 1000,
          0,
        ),
      };
    },
    createSubset: () => subsetOf(face),
    widthOf: (character) => {
      const glyph = draw(character.codePointAt(0) ?? 0);
      return glyph && glyph.advanceWidth / face.unitsPerEm;
    },
  };
};
