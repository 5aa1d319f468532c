import fc from 'fast-check';
import { linesOf, type Piece } from './lines.ts';
import { type Setting, setParagraph, TextTooLong } from './paragraph.ts';
import { extentOf } from './testing/extent.ts';
import { chineseTypefaces } from './typefaces.ts';

const typefaces = chineseTypefaces();
const piece = (text: string, isFilled = false): Piece => ({ text, weight: 'REGULAR', isFilled });

const character = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...'学生在校读书写字山西') },
  { weight: 2, arbitrary: fc.constantFrom(...'，。（）：、·') },
  { weight: 2, arbitrary: fc.constantFrom(...'G0123456789-ab') },
  { weight: 1, arbitrary: fc.constantFrom('𠮷', '\u00a0', '䶮') },
);
const texts = fc.string({ unit: character, minLength: 1, maxLength: 60 });
const pieces = fc.array(
  fc.tuple(texts, fc.boolean()).map(([text, isFilled]) => piece(text, isFilled)),
  { minLength: 1, maxLength: 6 },
);

describe('lines of a paragraph', () => {
  it('lose no character and keep to their width', () => {
    fc.assert(
      fc.property(pieces, fc.integer({ min: 4, max: 40 }), (given, width) => {
        const lines = linesOf(given, typefaces, width, 2);
        const set = lines.flatMap(({ cells }) => cells.map((cell) => cell.character)).join('');
        expect(set).toBe(given.map(({ text }) => text).join(''));
        for (const line of lines) expect(line.width).toBeLessThanOrEqual(width);
      }),
    );
  });

  const textOf = (text: string, width: number, isFilled = false) =>
    linesOf([piece(text, isFilled)], typefaces, width, 0).map(({ cells }) =>
      cells.map((cell) => cell.character).join(''),
    );

  it('do not begin with a closing mark nor end with an opening one', () => {
    expect(textOf('在校学习，毕业', 4)).toEqual(['在校学', '习，毕业']);
    expect(textOf('在校学（习）', 4)).toEqual(['在校学', '（习）']);
  });

  it('keep a number and a short entered text whole', () => {
    expect(textOf('编号140105-1', 5)).toEqual(['编号', '140105-1']);
    expect(textOf('李思远', 3.5, true)).toEqual(['李思远']);
    expect(linesOf([piece('学生'), piece('李思远', true)], typefaces, 4, 0)).toHaveLength(2);
  });

  it('break what is longer than a line', () => {
    expect(textOf('学'.repeat(9), 4, true)).toEqual(['学学学学', '学学学学', '学']);
    expect(textOf('1'.repeat(20), 4)).toHaveLength(3);
  });

  it('let go of a wide space between two lines', () => {
    expect(textOf('学生在校\u3000读书', 4)).toEqual(['学生在校', '读书']);
  });
});

describe('a paragraph in a box', () => {
  const box = { x: 10, y: 20, width: 100, height: 60 };
  const setting = (changes: Partial<Setting> = {}): Setting => ({
    box,
    sizes: [
      { size: 12, leading: 20 },
      { size: 8, leading: 11 },
    ],
    indent: 0,
    align: 'LEFT',
    stand: 'TOP',
    colour: '#000000',
    ...changes,
  });
  const sizesOf = (text: string) =>
    new Set(setParagraph([piece(text)], typefaces, setting()).map((mark) => 'size' in mark && mark.size));

  it('takes the largest size at which it fits', () => {
    expect(sizesOf('学'.repeat(24))).toEqual(new Set([12]));
    expect(sizesOf('学'.repeat(25))).toEqual(new Set([8]));
  });

  it('that fits at no size is refused', () => {
    expect(() => setParagraph([piece('学'.repeat(61))], typefaces, setting())).toThrow(TextTooLong);
  });

  it('stays inside it wherever it stands, with the box of each lacking character at its place', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: character, minLength: 1, maxLength: 50 }),
        fc.constantFrom<Setting['align']>('LEFT', 'CENTRE', 'RIGHT'),
        fc.constantFrom<Setting['stand']>('TOP', 'MIDDLE'),
        (text, align, stand) => {
          const marks = setParagraph([piece(text, true)], typefaces, setting({ align, stand }));
          const lacking = marks.filter((mark) => mark.mark === 'LACKING');
          expect(lacking).toHaveLength([...text].filter((each) => each === '𠮷').length);
          for (const mark of marks) {
            const { x, y, width, height } = extentOf(mark, typefaces);
            expect(x).toBeGreaterThanOrEqual(box.x - 0.01);
            expect(y).toBeGreaterThanOrEqual(box.y - 0.01);
            expect(x + width).toBeLessThanOrEqual(box.x + box.width + 0.01);
            expect(y + height).toBeLessThanOrEqual(box.y + box.height + 0.01);
          }
        },
      ),
    );
  });
});
