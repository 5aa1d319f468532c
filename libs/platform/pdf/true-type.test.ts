import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { subsetOf } from './subset.ts';
import { openTrueType } from './true-type.ts';
import { chineseTypefaces } from './typefaces.ts';

const FILE = createRequire(import.meta.url).resolve(
  '@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf',
);
const bytes = readFileSync(FILE);
const face = openTrueType(bytes);

/** The tables of a TrueType file, with each checksum held against its bytes. */
const tablesOf = (file: Buffer): Map<string, Buffer> => {
  const tables = new Map<string, Buffer>();
  for (let entry = 0; entry < file.readUInt16BE(4); entry += 1) {
    const at = 12 + entry * 16;
    const start = file.readUInt32BE(at + 8);
    const length = file.readUInt32BE(at + 12);
    expect(start % 4).toBe(0);
    expect(start + length).toBeLessThanOrEqual(file.length);
    let sum = 0;
    for (let word = start; word < start + length; word += 4) sum = (sum + file.readUInt32BE(word)) >>> 0;
    expect(sum).toBe(file.readUInt32BE(at + 4));
    tables.set(file.toString('latin1', at, at + 4), file.subarray(start, start + length));
  }
  return tables;
};

describe('a face', () => {
  it('has the glyphs of everyday and of rare names, and says of others that it lacks them', () => {
    for (const character of '学籍号李䶮㛃𠅤𬍛·Gx9') {
      expect(face.glyphOf(character.codePointAt(0) ?? 0)).toBeDefined();
    }
    for (const character of ['𠮷', '\u{E0100}', '\u{10FFFF}']) {
      expect(face.glyphOf(character.codePointAt(0) ?? 0)).toBeUndefined();
    }
    expect(face.postscriptName).toBe('NotoSerifSC-Regular');
    expect(face.unitsPerEm).toBe(1000);
  });

  it('is no other kind of file and not a damaged one', () => {
    expect(() => openTrueType(Buffer.from('wOF2 and more bytes'))).toThrow(TypeError);
    const damaged = Buffer.from(bytes.subarray(0, 4096));
    damaged.write('????', 12 + 6 * 16, 'latin1');
    expect(() => openTrueType(damaged)).toThrow(TypeError);
  });

  it('sets Chinese characters one em wide', () => {
    const { REGULAR, BOLD } = chineseTypefaces();
    expect([REGULAR.widthOf('学'), BOLD.widthOf('学'), REGULAR.widthOf('𠮷')]).toEqual([1, 1, undefined]);
    const run = REGULAR.layout('学1𠮷');
    expect(run.glyphs.map(({ codePoints }) => String.fromCodePoint(...codePoints)).join('')).toBe('学1𠮷');
    expect(run.glyphs[2]?.id).toBe(0);
  });
});

describe('a subset of a face', () => {
  const characters = fc.array(fc.integer({ min: 0x4e00, max: 0x9fa5 }), { minLength: 1, maxLength: 40 });

  it('holds the outline and the width of each glyph that was used, once, and no others', () => {
    fc.assert(
      fc.property(characters, (codePoints) => {
        const glyphs = codePoints.map((codePoint) => face.glyphOf(codePoint)?.id ?? 0);
        const subset = subsetOf(face);
        const numbers = glyphs.map(subset.includeGlyph);
        const tables = tablesOf(subset.encode());
        const [loca, glyf, hmtx] = ['loca', 'glyf', 'hmtx'].map((tag) => tables.get(tag) ?? Buffer.alloc(0));
        expect(tables.get('maxp')?.readUInt16BE(4)).toBe(new Set(glyphs).size + 1);
        for (const [index, glyph] of glyphs.entries()) {
          const number = numbers[index] ?? 0;
          const outline = face.outlineOf(glyph);
          const start = loca?.readUInt32BE(number * 4) ?? 0;
          expect(glyf?.subarray(start, start + outline.length).equals(outline)).toBe(true);
          expect(hmtx?.readUInt16BE(number * 4)).toBe(face.advanceOf(glyph));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('refuses outlines that are made of others', () => {
    const composite = Buffer.alloc(12);
    composite.writeInt16BE(-1, 0);
    expect(() => subsetOf({ ...face, outlineOf: () => composite }).encode()).toThrow(TypeError);
  });
});
