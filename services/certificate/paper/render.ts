import { drawSheet } from '#libs/platform/pdf/draw.ts';
import type { Sheet } from '#libs/platform/pdf/sheet.ts';
import { chineseTypefaces, type Typefaces } from '#libs/platform/pdf/typefaces.ts';
import { completionSheet } from './completion-form.ts';
import { electronicSheet } from './electronic-form.ts';
import type { ElectronicPage, TwoPartPaper } from './paper.ts';
import { schoolingSheet } from './schooling-form.ts';

/** The page of a paper in two parts, by its form. */
export const paperSheet = (paper: TwoPartPaper, typefaces: Typefaces): Sheet =>
  paper.kind === 'SCHOOLING' ? schoolingSheet(paper, typefaces) : completionSheet(paper, typefaces);

/** A filled form F4 or F5 as PDF. */
export const paperPdf = (paper: TwoPartPaper): Promise<Buffer> => {
  const typefaces = chineseTypefaces();
  return drawSheet(paperSheet(paper, typefaces), typefaces);
};

/** The page of an electronic certificate as PDF. */
export const electronicPdf = (page: ElectronicPage): Promise<Buffer> => {
  const typefaces = chineseTypefaces();
  return drawSheet(electronicSheet(page, typefaces), typefaces);
};
