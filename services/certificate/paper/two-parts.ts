import type { Piece } from '#libs/platform/pdf/lines.ts';
import { setParagraph } from '#libs/platform/pdf/paragraph.ts';
import { heading, INK, lineIn, noteOnLacking, sizes } from '#libs/platform/pdf/setting.ts';
import {
  A4_ACROSS,
  type Block,
  type Box,
  type Mark,
  type Section,
  type Sheet,
} from '#libs/platform/pdf/sheet.ts';
import type { Typefaces } from '#libs/platform/pdf/typefaces.ts';
import { cutLine, joint } from './joint.ts';
import type { TwoPartPaper } from './paper.ts';
import { checkCode, ornateFrame, PALE, VERMILION } from './setting.ts';
import { dayInWords, serialOf } from './words.ts';

/** A place for a seal on the body: what it is for and, below it, who seals. */
export type SealPlace = { label: string; owner: string; shape: 'RING' | 'SQUARE' };

/** What the two forms differ in; everything else stands in both at the same place. */
export type Wording = {
  title: string;
  stub: Piece[];
  body: Piece[];
  seals: SealPlace[];
  /** A seal across the joint of stub and body. */
  jointSeal?: string;
};

const STUB: Box = { x: 34, y: 34, width: 264, height: 527 };
const BODY: Box = { x: 346, y: 34, width: 462, height: 527 };
const JOINT_X = (STUB.x + STUB.width + BODY.x) / 2;

/** A paper in two parts: the stub on the left, which the issuer keeps, the body on the right, words and number across the cut. */
export const twoPartSheet = (paper: TwoPartPaper, wording: Wording, typefaces: Typefaces): Sheet => ({
  title: wording.title,
  day: paper.issuedOn,
  ...A4_ACROSS,
  decoration: [
    { mark: 'FRAME', box: STUB, width: 0.8, colour: INK },
    ...ornateFrame(BODY, VERMILION),
    ...cutLine(JOINT_X),
  ],
  sections: [
    stubOf(paper, wording, typefaces),
    joint(paper, JOINT_X, wording.jointSeal, typefaces),
    bodyOf(paper, wording, typefaces),
  ],
});

const enteredTexts = (pieces: readonly Piece[]): string[] => pieces.map(({ text }) => text);

const stubOf = (paper: TwoPartPaper, wording: Wording, typefaces: Typefaces): Section => {
  const x = STUB.x + 20;
  const width = STUB.width - 40;
  const paragraph = setParagraph(wording.stub, typefaces, {
    box: { x, y: 148, width, height: 244 },
    sizes: sizes(12, 6, 2.2),
    indent: 2,
    align: 'LEFT',
    stand: 'TOP',
    colour: INK,
  });
  const signed = [
    { role: '经手人', name: paper.handledBy, on: paper.handledOn },
    { role: '负责人', name: paper.responsibleBy, on: paper.responsibleOn },
  ];
  const texts = [serialOf(paper), ...enteredTexts(wording.stub), ...signed.map(({ name }) => name)];
  return {
    name: '存根',
    blocks: [
      { tag: 'H2', marks: heading({ x, y: 76, width, height: 18 }, wording.title, 15.5, 0.08) },
      { tag: 'P', marks: heading({ x, y: 103, width, height: 14 }, '存根', 12.5, 1) },
      {
        tag: 'P',
        marks: lineIn({ x, y: 116, width, height: 22 }, serialOf(paper), typefaces, {
          sizes: sizes(9.5, 6, 1.4),
          align: 'RIGHT',
        }),
      },
      { tag: 'P', marks: paragraph },
      {
        tag: 'P',
        marks: lineIn({ x, y: 396, width, height: 20 }, dayInWords(paper.stubDate), typefaces, {
          sizes: sizes(11, 9, 1.4),
          align: 'RIGHT',
        }),
      },
      ...signed.map((each, index) =>
        signature({ x: x + (index * width) / 2, y: 424, width: width / 2, height: 84 }, each, typefaces),
      ),
      ...noteOnLacking({ x, y: 512, width, height: 44 }, texts, paper.descriptions, typefaces),
    ],
  };
};

const signature = (
  cell: Box,
  { role, name, on }: { role: string; name: string; on: string },
  typefaces: Typefaces,
): Block => ({
  tag: 'P',
  marks: [
    { mark: 'FRAME', box: cell, width: 0.6, colour: INK },
    ...lineIn({ x: cell.x + 7, y: cell.y + 5, width: cell.width - 14, height: 16 }, `${role}：`, typefaces, {
      sizes: sizes(9.5, 9.5, 1.4),
    }),
    ...lineIn({ x: cell.x + 7, y: cell.y + 22, width: cell.width - 14, height: 36 }, name, typefaces, {
      sizes: sizes(11, 4.5, 1.35),
      align: 'CENTRE',
      weight: 'BOLD',
    }),
    ...lineIn(
      { x: cell.x + 7, y: cell.y + 62, width: cell.width - 14, height: 17 },
      dayInWords(on),
      typefaces,
      {
        sizes: sizes(9, 8, 1.4),
        align: 'RIGHT',
      },
    ),
  ],
});

const bodyOf = (paper: TwoPartPaper, wording: Wording, typefaces: Typefaces): Section => {
  const x = BODY.x + 42;
  const width = BODY.width - 84;
  const paragraph = setParagraph(wording.body, typefaces, {
    box: { x, y: 152, width, height: 192 },
    sizes: sizes(15.5, 7, 2.45),
    indent: 2,
    align: 'LEFT',
    stand: 'TOP',
    colour: INK,
  });
  const texts = [serialOf(paper), ...enteredTexts(wording.body), ...wording.seals.map(({ owner }) => owner)];
  const column = width / wording.seals.length;
  return {
    name: '正本',
    blocks: [
      { tag: 'H1', marks: heading({ x, y: 98, width, height: 30 }, wording.title, 27, 0.13) },
      ...(paper.isCopy ? [copyMark({ x, y: 118, width: 120, height: 18 }, typefaces)] : []),
      {
        tag: 'P',
        marks: lineIn({ x: x + 120, y: 118, width: width - 120, height: 18 }, serialOf(paper), typefaces, {
          sizes: sizes(10.5, 6, 1.4),
          align: 'RIGHT',
        }),
      },
      { tag: 'P', marks: paragraph },
      ...wording.seals.map((seal, index) =>
        sealPlace({ x: x + index * column, y: 354, width: column, height: 114 }, seal, typefaces),
      ),
      {
        tag: 'P',
        marks: lineIn(
          { x: x + 80, y: 476, width: width - 80, height: 22 },
          dayInWords(paper.issuedOn),
          typefaces,
          {
            sizes: sizes(13.5, 11, 1.4),
            align: 'RIGHT',
          },
        ),
      },
      checkCode({ x: x - 8, y: 474, width: 66, height: 66 }, paper.checkAddress),
      {
        tag: 'P',
        marks: lineIn(
          { x: x + 62, y: 524, width: width - 62, height: 16 },
          `扫码，或凭编号与姓名核验真伪；核验码 ${paper.checkCode}`,
          typefaces,
          {
            sizes: sizes(7.5, 5, 1.35),
          },
        ),
      },
      ...noteOnLacking(
        { x: x + 62, y: 498, width: width - 62, height: 27 },
        texts,
        paper.descriptions,
        typefaces,
      ),
    ],
  };
};

const copyMark = (box: Box, typefaces: Typefaces): Block => ({
  tag: 'P',
  marks: lineIn(box, '副本（据存根出具）', typefaces, { sizes: sizes(10.5, 10.5, 1.4), colour: VERMILION }),
});

/** The place for a seal, left free: its name above, a light outline to aim at, and who seals below the name. */
const sealPlace = (cell: Box, { label, owner, shape }: SealPlace, typefaces: Typefaces): Block => {
  const [middle, centre] = [cell.x + cell.width / 2, cell.y + 78];
  const outline: Mark =
    shape === 'RING'
      ? { mark: 'RING', x: middle, y: centre, radius: 34, width: 0.5, colour: PALE, dash: [2, 2] }
      : {
          mark: 'FRAME',
          box: { x: middle - 21, y: centre - 21, width: 42, height: 42 },
          width: 0.5,
          colour: PALE,
          dash: [2, 2],
        };
  return {
    tag: 'P',
    marks: [
      ...lineIn({ x: cell.x + 3, y: cell.y, width: cell.width - 6, height: 18 }, label, typefaces, {
        sizes: sizes(11.5, 7, 1.4),
        align: 'CENTRE',
      }),
      ...lineIn({ x: cell.x + 3, y: cell.y + 19, width: cell.width - 6, height: 24 }, owner, typefaces, {
        sizes: sizes(9, 3.5, 1.3),
        align: 'CENTRE',
        stand: 'TOP',
      }),
      outline,
    ],
  };
};
