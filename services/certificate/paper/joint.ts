import { INK, lineIn, sizes } from '#libs/platform/pdf/setting.ts';
import { A4_ACROSS, type Mark, type Section } from '#libs/platform/pdf/sheet.ts';
import type { Typefaces } from '#libs/platform/pdf/typefaces.ts';
import type { TwoPartPaper } from './paper.ts';
import { PALE } from './setting.ts';
import { serialOf } from './words.ts';

const EDGE = 16;
const TOP = 48;
const BOTTOM = 412;
const SEAL_AT = 462;

/**
 * The joint of stub and body (骑缝): words and number stand on the cut, one character below the other, so that each half
 * keeps half of every character; where the form asks for it, the place of a seal across the cut.
 */
export const joint = (
  paper: TwoPartPaper,
  x: number,
  seal: string | undefined,
  typefaces: Typefaces,
): Section => ({
  name: '骑缝',
  blocks: [
    { tag: 'P', marks: standing(serialOf(paper), x, typefaces) },
    ...(seal
      ? [
          {
            tag: 'P' as const,
            marks: [
              { mark: 'RING', x, y: SEAL_AT, radius: 30, width: 0.5, colour: PALE, dash: [2, 2] } as Mark,
              ...lineIn({ x: x - 30, y: SEAL_AT - 10, width: 60, height: 20 }, seal, typefaces, {
                sizes: sizes(10, 10, 1.4),
                align: 'CENTRE',
              }),
            ],
          },
        ]
      : []),
  ],
});

/** The line to cut along, left open where the words stand that are cut through. */
export const cutLine = (x: number): Mark[] =>
  [
    [EDGE, TOP - 4],
    [BOTTOM + 10, A4_ACROSS.height - EDGE],
  ].map(([from = 0, to = 0]) => ({
    mark: 'RULE',
    from: [x, from],
    to: [x, to],
    width: 0.6,
    colour: PALE,
    dash: [5, 4],
  }));

const isWide = (character: string): boolean => /\p{Script=Han}/u.test(character);
const stepOf = (character: string): number => (isWide(character) ? 1.24 : 1.04);

/** A text from top to bottom, as large as its place allows; a character that the type lacks has its box. */
const standing = (text: string, x: number, typefaces: Typefaces): Mark[] => {
  const characters = [...text];
  const steps = characters.reduce((sum, each) => sum + stepOf(each), 0);
  const size = Math.min(13, (BOTTOM - TOP) / steps);
  let y = TOP;
  return characters.map((character): Mark => {
    y += stepOf(character) * size;
    const width = typefaces.BOLD.widthOf(character);
    const at = { x: x - ((width ?? 1) * size) / 2, y, size, colour: INK };
    return width === undefined
      ? { mark: 'LACKING', character, ...at }
      : { mark: 'TEXT', text: character, weight: 'BOLD', spacing: 0, ...at };
  });
};
