import { type FlowLine, flowLines, linesIn, setFlow } from '#libs/platform/pdf/flow.ts';
import { INK, lineIn, sizes } from '#libs/platform/pdf/setting.ts';
import type { Block, Box } from '#libs/platform/pdf/sheet.ts';
import type { Typefaces } from '#libs/platform/pdf/typefaces.ts';

/** The size of what is written at length. */
export const TEXT = { size: 11, leading: 17.5 };
const INDENT = 2;
const PAD = 7;
const LABEL_HEIGHT = 20;

/** A part of a form in which somebody writes at length. */
export type Writing = { label: string; text: string | null };

/** The lines of a writing in a width, points. */
export const linesOfWriting = ({ text }: Writing, width: number, typefaces: Typefaces): FlowLine[] =>
  text === null || text === ''
    ? []
    : flowLines(text, typefaces, { width: width - 2 * PAD, size: TEXT.size, indent: INDENT });

/** How many lines a box of a height has room for beneath its label. */
export const roomIn = (height: number): number => linesIn(height - LABEL_HEIGHT - 2 * PAD, TEXT);

/** What a box says at its end when its text goes on elsewhere. */
const GOES_ON = '（接附页）';

/**
 * A box with its label and as many lines as it has room for, and the lines that are left for the sheet that is added; the last line
 * of the box then says so.
 */
export const setWriting = (
  { label }: Writing,
  lines: readonly FlowLine[],
  box: Box,
  typefaces: Typefaces,
): { block: Block; left: readonly FlowLine[] } => {
  const room = roomIn(box.height);
  const isWhole = lines.length <= room;
  const here = isWhole ? lines : lines.slice(0, Math.max(0, room - 1));
  const content: Box = {
    x: box.x + PAD,
    y: box.y + LABEL_HEIGHT + PAD,
    width: box.width - 2 * PAD,
    height: box.height - LABEL_HEIGHT - 2 * PAD,
  };
  const head = { ...content, y: box.y + 3, height: LABEL_HEIGHT };
  const foot = { ...content, y: box.y + box.height - 22, height: 20 };
  const marks = [
    ...lineIn(head, label, typefaces, { sizes: sizes(11, 8, 1.3), weight: 'BOLD' }),
    ...setFlow(here, { box: content, colour: INK }, TEXT),
    ...(isWhole ? [] : lineIn(foot, GOES_ON, typefaces, { sizes: sizes(10, 8, 1.3), align: 'RIGHT' })),
  ];
  return { block: { tag: 'P', marks }, left: lines.slice(here.length) };
};
