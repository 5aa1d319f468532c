import { drawSheets } from '#libs/platform/pdf/draw.ts';
import { chineseTypefaces } from '#libs/platform/pdf/typefaces.ts';
import { reportForm, slipForm } from './forms.ts';
import { pagesOf } from './pages.ts';
import type { ReportPaper, SlipPaper } from './slip-paper.ts';

/** A filled verification or supervision slip as PDF (forms F7, F8). */
export const slipPdf = (paper: SlipPaper): Promise<Buffer> => {
  const typefaces = chineseTypefaces();
  return drawSheets(pagesOf(slipForm(paper), typefaces), typefaces);
};

/** A filled report slip as PDF (form F6). */
export const reportPdf = (paper: ReportPaper): Promise<Buffer> => {
  const typefaces = chineseTypefaces();
  return drawSheets(pagesOf(reportForm(paper), typefaces), typefaces);
};
