import { PDFiumLibrary } from '@hyzyla/pdfium';
import { PNG } from 'pngjs';

/** Points of a kept picture to a point of the page. */
export const SCALE = 1;

/** A page as picture, red, green, blue and opacity of each point in turn. */
export type Picture = { width: number; height: number; data: Buffer };

let library: ReturnType<typeof PDFiumLibrary.init> | undefined;

/** Reads a PDF with PDFium, a reader that shares nothing with the writer: the text and the picture of its only page. */
export const readPdf = async (pdf: Buffer, scale: number): Promise<{ text: string; picture: Picture }> => {
  library ??= PDFiumLibrary.init();
  const document = await (await library).loadDocument(pdf);
  try {
    const page = document.getPage(0);
    // The library lets go of a page once it is drawn, so its text is read first.
    const text = page.getText();
    const { width, height, data } = await page.render({ scale, render: 'bitmap' });
    return { text, picture: { width, height, data: Buffer.from(data) } };
  } finally {
    document.destroy();
  }
};

/** Steps between the shades that a kept picture tells apart; fewer shades make a smaller file. */
const SHADE = 36.43;

/** A picture as PNG with eight shades of each colour. */
export const pngOf = ({ width, height, data }: Picture): Buffer => {
  const png = new PNG({ width, height });
  for (const [at, value] of data.entries()) png.data[at] = Math.round(Math.round(value / SHADE) * SHADE);
  return PNG.sync.write(png, { colorType: 2, deflateLevel: 9 });
};
