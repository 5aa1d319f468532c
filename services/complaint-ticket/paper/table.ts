import { flowLines } from '#libs/platform/pdf/flow.ts';
import { INK, lineIn, sizes } from '#libs/platform/pdf/setting.ts';
import { A4_UPRIGHT, type Block, type Box, type Mark } from '#libs/platform/pdf/sheet.ts';
import type { Typefaces } from '#libs/platform/pdf/typefaces.ts';

/** Where forms stand on the page, in points. */
export const LEFT = 57;
export const WIDTH = A4_UPRIGHT.width - 2 * LEFT;
export const BOTTOM = A4_UPRIGHT.height - 57;

/** A place of a form: its printed label, what is filled in, and how much of the row both take. */
export type Place = { label: string; value: string | number | null; share: [label: number, value: number] };

/** A row of places; their shares are parts of the whole width. */
export type Row = readonly Place[];

const LINE = 0.7;
const LOWEST = 27;
const PAD = 3;
const LABEL = 10.5;
const VALUE = 10.5;
const LEADING = 14;
/** A value of more lines is set smaller instead of making its row higher still. */
const MOST_LINES = 6;

const shareOf = (row: Row): number => row.reduce((sum, { share: [label, value] }) => sum + label + value, 0);

/** Height of a row, points: as high as its longest value asks. */
export const heightOf = (row: Row, typefaces: Typefaces): number => {
  const unit = WIDTH / shareOf(row);
  const lines = row.map(({ value, share: [, share] }) => {
    const text = String(value ?? '');
    return flowLines(text, typefaces, { width: share * unit - 2 * PAD, size: VALUE, indent: 0 }).length;
  });
  return Math.max(LOWEST, Math.min(MOST_LINES, Math.max(...lines)) * LEADING + 2 * PAD);
};

const inside = ({ x, y, width, height }: Box): Box => ({
  x: x + PAD,
  y: y + 1,
  width: width - 2 * PAD,
  height: height - 2,
});

/** The lines around a row and between its places. */
const framesOf = (boxes: readonly Box[]): Mark[] =>
  boxes.map((box): Mark => ({ mark: 'FRAME', box, width: LINE, colour: INK }));

/** A row from `y` downwards: its frames, and its places in reading order. */
export const setRow = (
  row: Row,
  y: number,
  typefaces: Typefaces,
): { frames: Mark[]; blocks: Block[]; height: number } => {
  const height = heightOf(row, typefaces);
  const unit = WIDTH / shareOf(row);
  let x = LEFT;
  const next = (share: number): Box => {
    const box = { x, y, width: share * unit, height };
    x += box.width;
    return box;
  };
  const boxes: Box[] = [];
  const blocks = row.map(({ label, value, share: [forLabel, forValue] }): Block => {
    const [labelBox, valueBox] = [next(forLabel), next(forValue)];
    boxes.push(labelBox, valueBox);
    const printed = lineIn(inside(labelBox), label, typefaces, {
      sizes: sizes(LABEL, 6, 1.3),
      align: 'CENTRE',
    });
    const filled =
      value === null || value === ''
        ? []
        : lineIn(inside(valueBox), String(value), typefaces, {
            sizes: sizes(VALUE, 4, 1.32),
            align: 'CENTRE',
          });
    return { tag: 'P', marks: [...printed, ...filled] };
  });
  return { frames: framesOf(boxes), blocks, height };
};
