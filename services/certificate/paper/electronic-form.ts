import { CERTIFICATE_NAMES } from '#libs/law/certificate/kinds.ts';
import type { Piece } from '#libs/platform/pdf/lines.ts';
import { setParagraph } from '#libs/platform/pdf/paragraph.ts';
import { heading, INK, lineIn, noteOnLacking, sizes } from '#libs/platform/pdf/setting.ts';
import { A4_ACROSS, type Block, type Box, type Sheet } from '#libs/platform/pdf/sheet.ts';
import type { Typefaces } from '#libs/platform/pdf/typefaces.ts';
import type { ElectronicPage } from './paper.ts';
import { checkCode, ornateFrame, VERMILION } from './setting.ts';
import { dayInWords, form, monthParts } from './words.ts';

const STAGES: Readonly<Record<ElectronicPage['stage'], string>> = {
  PRIMARY: '小学',
  JUNIOR: '初中',
  SENIOR: '普通高中',
};

const FRAME: Box = { x: 34, y: 34, width: A4_ACROSS.width - 68, height: A4_ACROSS.height - 68 };
const X = 112;
const WIDTH = A4_ACROSS.width - 2 * X;

/**
 * The page that shows an electronic certificate, in a plain layout of our own: no text gives one. It carries what the signed
 * document carries and says that the document, not the page, is what has force.
 */
export const electronicSheet = (page: ElectronicPage, typefaces: Typefaces): Sheet => {
  const title = CERTIFICATE_NAMES[page.kind];
  const words = wordsOf(page);
  const texts = [page.number, ...words.map(({ text }) => text), page.issuerName];
  const place = (y: number, height: number, from = 0): Box => ({
    x: X + from,
    y,
    width: WIDTH - from,
    height,
  });
  return {
    title,
    day: page.issuedOn,
    ...A4_ACROSS,
    decoration: ornateFrame(FRAME, VERMILION),
    sections: [
      {
        name: '电子证书',
        blocks: [
          {
            tag: 'H1',
            marks: heading(place(138, 50), title, 44, page.kind === 'GRADUATION' ? 0.6 : 0.35),
          },
          {
            tag: 'P',
            marks: lineIn(place(160, 20), `编号：${page.number}`, typefaces, {
              sizes: sizes(11.5, 8, 1.4),
              align: 'CENTRE',
            }),
          },
          {
            tag: 'P',
            marks: setParagraph(words, typefaces, {
              box: place(206, 180),
              sizes: sizes(24, 9, 2.2),
              indent: 2,
              align: 'LEFT',
              stand: 'TOP',
              colour: INK,
            }),
          },
          {
            tag: 'P',
            marks: lineIn(place(390, 30, 160), `发证单位：${page.issuerName}`, typefaces, {
              sizes: sizes(14, 5, 1.35),
              align: 'RIGHT',
            }),
          },
          {
            tag: 'P',
            marks: lineIn(place(420, 24, 160), dayInWords(page.issuedOn), typefaces, {
              sizes: sizes(14, 11, 1.4),
              align: 'RIGHT',
            }),
          },
          checkCode({ x: X - 10, y: 400, width: 104, height: 104 }, page.checkAddress),
          ...[
            '电子证书可与纸质证书同时使用，具有同等效力；本页为其阅览页，凭证以带电子签名的证书文件为准。',
            `扫码，或凭编号与姓名核验真伪；核验码 ${page.checkCode}`,
          ].map(
            (line, index): Block => ({
              tag: 'P',
              marks: lineIn(place(477 + index * 14, 14, 110), line, typefaces, {
                sizes: sizes(8.5, 5, 1.4),
                align: 'RIGHT',
              }),
            }),
          ),
          ...noteOnLacking(place(446, 30, 110), texts, page.descriptions, typefaces),
        ],
      },
    ],
  };
};

const wordsOf = ({ kind, holderName, schoolName, stage, endedIn }: ElectronicPage): Piece[] => {
  const { year, month } = monthParts(endedIn);
  switch (kind) {
    case 'GRADUATION':
      return form`学生${holderName}在${schoolName}完成${STAGES[stage]}学业，于${year}年${month}月毕业，特发此证。`;
    case 'COMPLETION':
      return form`学生${holderName}在${schoolName}${STAGES[stage]}学习期满，于${year}年${month}月结业，特发此证。`;
    case 'INCOMPLETION':
      return form`学生${holderName}曾在${schoolName}${STAGES[stage]}学习，于${year}年${month}月肄业，特发此证。`;
  }
};
