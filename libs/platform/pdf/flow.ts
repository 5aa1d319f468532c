import { type Line, linesOf, type Piece } from './lines.ts';
import { ABOVE, BELOW, type Size, setLine } from './paragraph.ts';
import type { Box, Colour, Mark } from './sheet.ts';
import type { Typefaces } from './typefaces.ts';

/** A line of a text that goes on from box to box, with the paragraph that it is of. */
export type FlowLine = { line: Line; pieces: readonly Piece[]; isLast: boolean };

/**
 * The lines of a text of one or more paragraphs at a size, in a width (points); each begins with an indent (ems). Signs that steer
 * and show nothing become blanks.
 */
export const flowLines = (
  text: string,
  typefaces: Typefaces,
  { width, size, indent }: { width: number; size: number; indent: number },
): FlowLine[] =>
  text.split(/\r\n|[\r\n]/).flatMap((paragraph) => {
    const plain = paragraph.replaceAll(/\p{Cc}/gu, ' ');
    const pieces: Piece[] = [{ text: plain, weight: 'REGULAR', isFilled: false }];
    const lines = linesOf(pieces, typefaces, width / size, indent);
    return lines.map((line, index) => ({ line, pieces, isLast: index === lines.length - 1 }));
  });

/** How many lines a box of a height (points) holds. */
export const linesIn = (height: number, { size, leading }: Size): number =>
  Math.max(0, Math.floor((height - (ABOVE + BELOW) * size) / leading) + 1);

/** The lines in a box from its top down. */
export const setFlow = (
  lines: readonly FlowLine[],
  { box, colour }: { box: Box; colour: Colour },
  { size, leading }: Size,
): Mark[] =>
  lines.flatMap(({ line, pieces, isLast }, index) =>
    setLine(
      line,
      pieces,
      { box, align: 'LEFT', colour },
      { size, y: box.y + ABOVE * size + index * leading, isLast },
    ),
  );
