import { type Line, linesOf, type Piece, type Placed } from './lines.ts';
import type { Box, Colour, Mark } from './sheet.ts';
import type { Typefaces } from './typefaces.ts';

/** A size of type in points with the distance of its lines. */
export type Size = { size: number; leading: number };

/** How a paragraph stands in its box. Sizes from the one wanted down to the smallest that is allowed. */
export type Setting = {
  box: Box;
  sizes: readonly Size[];
  /** First line, in ems. */
  indent: number;
  align: 'LEFT' | 'CENTRE' | 'RIGHT';
  /** Where in the box lines stand that do not fill it. */
  stand: 'TOP' | 'MIDDLE';
  colour: Colour;
};

/** A text longer than its box holds at the smallest size; who lets a text in must bound it. */
export class TextTooLong extends Error {
  constructor() {
    super('A text does not fit into its box');
  }
}

/** Height of a character above and below the base line, in ems. */
export const ABOVE = 0.88;
export const BELOW = 0.3;
const RULE_AT = 0.2;
/** Lines are stretched to the full width where that asks for no more than this between two characters, in ems. */
const STRETCH = 0.1;

/** Sets pieces into a box at the largest size at which they fit; throws TextTooLong when none does. */
export const setParagraph = (pieces: readonly Piece[], typefaces: Typefaces, setting: Setting): Mark[] => {
  const { box, sizes, indent } = setting;
  for (const { size, leading } of sizes) {
    const lines = linesOf(pieces, typefaces, box.width / size, indent);
    const height = (lines.length - 1) * leading + (ABOVE + BELOW) * size;
    const isWide = lines.every((line) => line.width * size <= box.width + 0.01);
    if (!isWide || height > box.height) continue;
    const top = box.y + (setting.stand === 'MIDDLE' ? (box.height - height) / 2 : 0) + ABOVE * size;
    return lines.flatMap((line, index) =>
      setLine(line, pieces, setting, { size, y: top + index * leading, isLast: index === lines.length - 1 }),
    );
  }
  throw new TextTooLong();
};

/** Where a line stands: its size, its base line, and whether its paragraph ends with it. */
export type Place = { size: number; y: number; isLast: boolean };

/** Sets one line of a paragraph into the width of a box, stretched to it where another line follows. */
export const setLine = (
  line: Line,
  pieces: readonly Piece[],
  setting: Pick<Setting, 'box' | 'align' | 'colour'>,
  place: Place,
): Mark[] => {
  const { box, align, colour } = setting;
  const { size, y, isLast } = place;
  const slack = box.width / size - line.width;
  const gaps = line.cells.length - 1;
  const isStretched = align === 'LEFT' && !isLast && gaps > 0 && slack / gaps <= STRETCH;
  const spacing = isStretched ? (slack / gaps) * size : 0;
  const shift = { LEFT: 0, CENTRE: slack / 2, RIGHT: slack }[align] * size;
  const xOf = (index: number) =>
    box.x + shift + (line.cells[index]?.at ?? line.width) * size + index * spacing;
  const marks: Mark[] = [];
  for (const [start, end] of stretchesOf(line.cells)) {
    const cells = line.cells.slice(start, end);
    const piece = pieces[cells[0]?.piece ?? 0];
    const from = xOf(start);
    if (cells[0]?.isLacking) {
      marks.push({ mark: 'LACKING', character: cells[0].character, x: from, y, size, colour });
    } else {
      const text = cells.map(({ character }) => character).join('');
      marks.push({
        mark: 'TEXT',
        text,
        x: from,
        y,
        size,
        weight: piece?.weight ?? 'REGULAR',
        colour,
        spacing,
      });
    }
    if (piece?.isFilled) {
      const to = xOf(end) - (end === line.cells.length ? spacing : 0);
      const at = y + RULE_AT * size;
      marks.push({ mark: 'RULE', from: [from, at], to: [to, at], width: 0.5, colour });
    }
  }
  return marks;
};

/** Stretches of one piece without a lacking character, and each lacking character by itself, as [start, end). */
const stretchesOf = (cells: readonly Placed[]): [number, number][] => {
  const stretches: [number, number][] = [];
  for (const [index, cell] of cells.entries()) {
    const before = cells[index - 1];
    const last = stretches.at(-1);
    if (last && before && before.piece === cell.piece && !before.isLacking && !cell.isLacking)
      last[1] = index + 1;
    else stretches.push([index, index + 1]);
  }
  return stretches;
};
