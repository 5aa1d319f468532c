import { type FlowLine, linesIn, setFlow } from '#libs/platform/pdf/flow.ts';
import { heading, INK, lineIn, noteOnLacking, sizes } from '#libs/platform/pdf/setting.ts';
import { A4_UPRIGHT, type Block, type Box, type Mark, type Sheet } from '#libs/platform/pdf/sheet.ts';
import type { Typefaces } from '#libs/platform/pdf/typefaces.ts';
import { linesOfWriting, setWriting, TEXT, type Writing } from './box.ts';
import { BOTTOM, heightOf, LEFT, type Row, setRow, WIDTH } from './table.ts';

/** A form from its title down: rows of places, and boxes in which somebody writes at length. */
export type Form = {
  title: string;
  day: string;
  /** A line between title and table. */
  head: string | null;
  parts: readonly (Row | Writing)[];
  /** Printed beneath the table. */
  notes: readonly string[];
};

const TITLE_AT = 92;
const HEAD_HEIGHT = 26;
const NOTE_HEIGHT = 16;
/** A box is at least so high, points. */
const LOWEST_BOX = 74;

const isRow = (part: Row | Writing): part is Row => Array.isArray(part);

const textsOf = ({ parts, head }: Form): string[] =>
  [
    head ?? '',
    ...parts.flatMap((part) =>
      isRow(part) ? part.map(({ value }) => String(value ?? '')) : [part.text ?? ''],
    ),
  ].map((text) => text.replaceAll(/\p{Cc}/gu, ''));

/** Heights of the boxes: each as high as its text asks, what is left shared out; all alike where there is too little. */
const boxHeights = (wanted: readonly number[], room: number): number[] => {
  const sum = wanted.reduce((total, height) => total + height, 0);
  if (sum <= room) return wanted.map((height) => height + (room - sum) / wanted.length);
  const spare = room - LOWEST_BOX * wanted.length;
  const over = wanted.map((height) => height - LOWEST_BOX);
  const all = over.reduce((total, height) => total + height, 0);
  return over.map((height) => LOWEST_BOX + (spare * height) / all);
};

/** What of a writing found no room on the form. */
type Left = { label: string; lines: readonly FlowLine[] };

const firstPage = (form: Form, typefaces: Typefaces): { sheet: Sheet; left: Left[] } => {
  const top = TITLE_AT + 22 + (form.head === null ? 0 : HEAD_HEIGHT);
  const foot = BOTTOM - form.notes.length * NOTE_HEIGHT - NOTE_HEIGHT;
  const rows = form.parts.filter(isRow);
  const writings = form.parts.flatMap((part) => (isRow(part) ? [] : [part]));
  const lines = new Map(writings.map((each) => [each, linesOfWriting(each, WIDTH, typefaces)]));
  const room = foot - top - rows.reduce((sum, row) => sum + heightOf(row, typefaces), 0);
  const wanted = writings.map((each) => {
    const count = lines.get(each)?.length ?? 0;
    return Math.max(LOWEST_BOX, count * TEXT.leading + 42);
  });
  const heights = boxHeights(wanted, room);
  const [frames, blocks, left]: [Mark[], Block[], Left[]] = [[], [], []];
  let y = top;
  for (const part of form.parts) {
    if (isRow(part)) {
      const row = setRow(part, y, typefaces);
      frames.push(...row.frames);
      blocks.push(...row.blocks);
      y += row.height;
      continue;
    }
    const box: Box = { x: LEFT, y, width: WIDTH, height: heights.shift() ?? LOWEST_BOX };
    const written = setWriting(part, lines.get(part) ?? [], box, typefaces);
    frames.push({ mark: 'FRAME', box, width: 0.7, colour: INK });
    blocks.push(written.block);
    if (written.left.length > 0) left.push({ label: part.label, lines: written.left });
    y += box.height;
  }
  const notes = form.notes.map((note, index): Block => {
    const box = { x: LEFT, y: y + 4 + index * NOTE_HEIGHT, width: WIDTH, height: NOTE_HEIGHT };
    return { tag: 'Note', marks: lineIn(box, note, typefaces, { sizes: sizes(9, 5, 1.3) }) };
  });
  const lackingAt = { x: LEFT, y: BOTTOM + 4, width: WIDTH, height: 30 };
  const sheet: Sheet = {
    ...{ title: form.title, day: form.day, ...A4_UPRIGHT },
    decoration: frames,
    sections: [
      {
        name: form.title,
        blocks: [
          titleOf(form.title),
          ...headOf(form, typefaces),
          ...blocks,
          ...notes,
          ...noteOnLacking(lackingAt, textsOf(form), {}, typefaces),
        ],
      },
    ],
  };
  return { sheet, left };
};

const titleOf = (title: string): Block => ({
  tag: 'H1',
  marks: heading({ x: LEFT, y: TITLE_AT, width: WIDTH, height: 30 }, title, 20, 0.12),
});

const headOf = ({ head }: Form, typefaces: Typefaces): Block[] => {
  if (head === null) return [];
  const box = { x: LEFT, y: TITLE_AT + 16, width: WIDTH, height: HEAD_HEIGHT };
  return [{ tag: 'P', marks: lineIn(box, head, typefaces, { sizes: sizes(12, 7, 1.3) }) }];
};

/** The lines that a sheet takes from those that are left, each text under its label. */
const fill = (left: readonly Left[], height: number): { here: Left[]; rest: Left[] } => {
  const [here, rest]: [Left[], Left[]] = [[], []];
  let y = 0;
  for (const { label, lines } of left) {
    const room = rest.length > 0 ? 0 : linesIn(height - y - 24, TEXT);
    const taken = lines.slice(0, room);
    if (taken.length > 0) here.push({ label, lines: taken });
    if (taken.length < lines.length) rest.push({ label, lines: lines.slice(taken.length) });
    y += 24 + taken.length * TEXT.leading + 10;
  }
  return { here, rest };
};

const addedPage = (form: Form, number: number, here: readonly Left[], typefaces: Typefaces): Sheet => {
  let y = TITLE_AT + 24;
  const blocks = here.map(({ label, lines }): Block => {
    const head = { x: LEFT, y, width: WIDTH, height: 20 };
    const box = { x: LEFT + 7, y: y + 24, width: WIDTH - 14, height: lines.length * TEXT.leading };
    y += 24 + box.height + 10;
    return {
      tag: 'P',
      marks: [
        ...lineIn(head, `${label}（续）`, typefaces, { sizes: sizes(11, 8, 1.3), weight: 'BOLD' }),
        ...setFlow(lines, { box, colour: INK }, TEXT),
      ],
    };
  });
  const title = `${form.title}附页${number}`;
  return {
    ...{ title: form.title, day: form.day, ...A4_UPRIGHT, decoration: [] },
    sections: [{ name: title, blocks: [titleOf(title), ...blocks] }],
  };
};

/** A form as pages: what finds no room on it goes on on sheets that are added (附页), so that nothing is left out. */
export const pagesOf = (form: Form, typefaces: Typefaces): [Sheet, ...Sheet[]] => {
  const { sheet, left } = firstPage(form, typefaces);
  const pages: [Sheet, ...Sheet[]] = [sheet];
  for (let rest = left; rest.length > 0; ) {
    const page = fill(rest, BOTTOM - TITLE_AT - 24);
    pages.push(addedPage(form, pages.length, page.here, typefaces));
    rest = page.rest;
  }
  return pages;
};
