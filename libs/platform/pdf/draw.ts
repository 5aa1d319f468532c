import PDFDocument from 'pdfkit';
import type { Mark, Sheet } from './sheet.ts';
import type { Typefaces, Weight } from './typefaces.ts';

type Document = PDFKit.PDFDocument;
type Structure = ReturnType<Document['struct']>;

/** A document of one page. */
export const drawSheet = (sheet: Sheet, typefaces: Typefaces): Promise<Buffer> =>
  drawSheets([sheet], typefaces);

/**
 * Sheets as the pages of a PDF: tagged, with embedded subsets of the type, in Chinese, without names in its metadata, under the
 * title and the day of the first. The same bytes for the same sheets.
 */
export const drawSheets = (
  [first, ...others]: readonly [Sheet, ...Sheet[]],
  typefaces: Typefaces,
): Promise<Buffer> => {
  const document = new PDFDocument({
    size: [first.width, first.height],
    margin: 0,
    font: '',
    pdfVersion: '1.7',
    tagged: true,
    lang: 'zh-CN',
    displayTitle: true,
    info: {
      Title: first.title,
      Creator: 'xueji',
      Producer: 'xueji',
      CreationDate: new Date(`${first.day}T00:00:00+08:00`),
    },
  });
  const whole = collected(document);
  for (const weight of ['REGULAR', 'BOLD'] as const)
    document.registerFont(weight, sourceOf(typefaces, weight));
  const root = document.struct('Document');
  document.addStructure(root);
  drawPage(document, root, first);
  for (const sheet of others) {
    document.addPage({ size: [sheet.width, sheet.height], margin: 0 });
    drawPage(document, root, sheet);
  }
  root.end();
  document.end();
  return whole;
};

const drawPage = (document: Document, root: Structure, sheet: Sheet): void => {
  document.markContent('Artifact', { type: 'Layout' });
  for (const mark of sheet.decoration) drawMark(document, mark);
  document.endMarkedContent();
  for (const section of sheet.sections) {
    const part = document.struct('Sect', { title: section.name });
    root.add(part);
    for (const { tag, described, marks } of section.blocks) {
      const content = () => {
        for (const mark of marks) drawMark(document, mark);
      };
      part.add(document.struct(tag, described ? { alt: described } : {}, content));
    }
    part.end();
  }
};

/** pdfkit takes any object with a `layout` as a face, which its types do not say. */
const sourceOf = (typefaces: Typefaces, weight: Weight): PDFKit.Mixins.PDFFontSource =>
  typefaces[weight] as unknown as Buffer;

const collected = (document: Document): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    document.on('data', (piece: Buffer) => pieces.push(piece));
    document.on('end', () => resolve(Buffer.concat(pieces)));
    document.on('error', reject);
  });

const drawMark = (document: Document, mark: Mark): void => {
  switch (mark.mark) {
    case 'TEXT':
      document.font(mark.weight, mark.size).fillColor(mark.colour);
      write(document, mark.text, mark.x, mark.y, mark.spacing);
      return;
    case 'LACKING':
      drawLacking(document, mark);
      return;
    case 'RULE':
      document.moveTo(...mark.from).lineTo(...mark.to);
      stroke(document, mark);
      return;
    case 'FRAME':
      document.rect(mark.box.x, mark.box.y, mark.box.width, mark.box.height);
      stroke(document, mark);
      return;
    case 'FILL':
      document.rect(mark.box.x, mark.box.y, mark.box.width, mark.box.height).fill(mark.colour);
      return;
    case 'RING':
      document.circle(mark.x, mark.y, mark.radius);
      stroke(document, mark);
      return;
    case 'MODULES':
      drawModules(document, mark);
      return;
  }
};

const write = (document: Document, text: string, x: number, y: number, spacing: number): void => {
  document.text(text, x, y, { lineBreak: false, baseline: 'alphabetic', characterSpacing: spacing });
};

const stroke = (
  document: Document,
  { width, colour, dash }: { width: number; colour: string; dash?: number[] },
) => {
  document.lineWidth(width).strokeColor(colour);
  if (dash) document.dash(dash[0] ?? 1, { space: dash[1] ?? 1 });
  else document.undash();
  document.stroke();
};

/** The box of a character that the type lacks: as wide as a character, its code point in two lines inside. */
const drawLacking = (
  document: Document,
  { character, x, y, size, colour }: Mark & { mark: 'LACKING' },
): void => {
  document.rect(x + size * 0.06, y - size * 0.84, size * 0.88, size * 0.98);
  stroke(document, { width: size * 0.04, colour });
  const code = codeOf(character);
  const half = Math.ceil(code.length / 2);
  const small = size * 0.36;
  document.font('REGULAR', small).fillColor(colour);
  for (const [line, digits] of [code.slice(0, half), code.slice(half)].entries()) {
    const width = document.widthOfString(digits);
    write(document, digits, x + (size - width) / 2, y - size * 0.44 + line * small * 1.05, 0);
  }
};

/** The code point of a character in hexadecimal digits, four at least. */
export const codeOf = (character: string): string =>
  (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');

/** Dark modules of a row that touch are drawn as one. */
const drawModules = (document: Document, { rows, box, colour }: Mark & { mark: 'MODULES' }): void => {
  const side = box.width / rows.length;
  for (const [line, row] of rows.entries()) {
    let start = 0;
    for (let column = 0; column <= row.length; column += 1) {
      if (row[column]) continue;
      if (column > start) {
        document.rect(box.x + start * side, box.y + line * side, (column - start) * side, side);
      }
      start = column + 1;
    }
  }
  document.fill(colour);
};
