import { PDFiumLibrary } from '@hyzyla/pdfium';
import jsqr from 'jsqr';
import { PNG } from 'pngjs';

/** Points of a kept picture to a point of the page. */
export const SCALE = 1;

/** A page as picture, red, green, blue and opacity of each point in turn. */
export type Picture = { width: number; height: number; data: Buffer };

let library: ReturnType<typeof PDFiumLibrary.init> | undefined;

/** A page as PDFium, a reader that shares nothing with the writer, reads it: its text and its picture. */
type Page = { text: string; picture: Picture };

/** Reads a page of a PDF, the first by default; `pages` tells how many there are. */
export const readPdf = async (pdf: Buffer, scale: number, at = 0): Promise<Page & { pages: number }> => {
  library ??= PDFiumLibrary.init();
  const document = await (await library).loadDocument(pdf);
  try {
    const page = document.getPage(at);
    // The library lets go of a page once it is drawn, so its text is read first.
    const text = page.getText();
    const { width, height, data } = await page.render({ scale, render: 'bitmap' });
    return { text, picture: { width, height, data: Buffer.from(data) }, pages: document.getPageCount() };
  } finally {
    document.destroy();
  }
};

/** What a phone reads that is held before a picture with a square of dots; undefined where there is none. */
export const scanned = ({ width, height, data }: Picture): string | undefined =>
  jsqr.default(new Uint8ClampedArray(data), width, height)?.data;

/** Steps between the shades that a kept picture tells apart; fewer shades make a smaller file. */
const SHADE = 36.43;

/** A picture as PNG with eight shades of each colour. */
export const pngOf = ({ width, height, data }: Picture): Buffer => {
  const png = new PNG({ width, height });
  for (const [at, value] of data.entries()) png.data[at] = Math.round(Math.round(value / SHADE) * SHADE);
  return PNG.sync.write(png, { colorType: 2, deflateLevel: 9 });
};
