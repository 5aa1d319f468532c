import { lackingIn } from './cells.ts';
import { codeOf } from './draw.ts';
import type { Piece } from './lines.ts';
import { type Setting, type Size, setParagraph, TextTooLong } from './paragraph.ts';
import type { Block, Box, Colour, Mark } from './sheet.ts';
import type { Typefaces, Weight } from './typefaces.ts';

/** The colour of what is printed and written. */
export const INK: Colour = '#1b1b1b';

/** Sizes from `largest` down to `smallest` points in steps of half a point, the lines `ratio` sizes apart. */
export const sizes = (largest: number, smallest: number, ratio: number): Size[] => {
  const steps = Math.round((largest - smallest) * 2);
  return Array.from({ length: steps + 1 }, (_, step) => {
    const size = largest - step / 2;
    // Small type stands closer, so that a long text finds room.
    const share = steps === 0 ? 1 : 1 - step / steps;
    return { size, leading: size * (1.32 + (ratio - 1.32) * share) };
  });
};

/** A text by itself in a box, shrunk and at last broken into lines when it is long. */
export const lineIn = (
  box: Box,
  text: string,
  typefaces: Typefaces,
  how: Partial<Setting> & Pick<Setting, 'sizes'> & { weight?: Weight },
): Mark[] => {
  const piece: Piece = { text, weight: how.weight ?? 'REGULAR', isFilled: false };
  return setParagraph([piece], typefaces, {
    box,
    indent: 0,
    align: 'LEFT',
    stand: 'MIDDLE',
    colour: INK,
    ...how,
  });
};

/** A heading whose characters are spread over the middle of a box. */
export const heading = (box: Box, text: string, size: number, gap: number): Mark[] => {
  const count = [...text].length;
  const fitting = Math.min(size, box.width / (count + (count - 1) * gap));
  const spacing = fitting * gap;
  const width = count * fitting + (count - 1) * spacing;
  const x = box.x + (box.width - width) / 2;
  return [{ mark: 'TEXT', text, x, y: box.y, size: fitting, weight: 'BOLD', colour: INK, spacing }];
};

/** The note on characters that the type lacks: which they are, by code point and, where known, by description. */
export const noteOnLacking = (
  box: Box,
  texts: readonly string[],
  descriptions: Readonly<Record<string, string>>,
  typefaces: Typefaces,
): Block[] => {
  const lacking = lackingIn(texts, typefaces.REGULAR);
  if (lacking.length === 0) return [];
  const codes = lacking.map((character) => `U+${codeOf(character)}`);
  const described = lacking.map((character, index) => {
    const description = descriptions[character];
    return `${codes[index]}${description ? `（${description}）` : ''}`;
  });
  const notes = [
    `注：方框处为字库未收之字，依次为 ${described.join('、')}，以登记的编码为准。`,
    `注：方框处为字库未收之字，依次为 ${codes.join('、')}，以登记的编码为准。`,
    `注：方框处为字库未收之字，共${codes.length}字，编码见框内，以登记的编码为准。`,
  ];
  return [{ tag: 'Note', marks: firstThatFits(box, notes, typefaces) }];
};

const firstThatFits = (box: Box, notes: readonly string[], typefaces: Typefaces): Mark[] => {
  for (const note of notes) {
    try {
      return lineIn(box, note, typefaces, { sizes: sizes(8, 4, 1.4), stand: 'TOP' });
    } catch (error) {
      if (!(error instanceof TextTooLong)) throw error;
    }
  }
  throw new TextTooLong();
};
