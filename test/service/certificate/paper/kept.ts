import { electronicPdf, paperPdf } from '#services/certificate/paper/render.ts';
import { completion, graduation, incompletion, schooling } from './examples.ts';

/** The example papers whose pictures are kept. */
export const EXAMPLES = ['completion', 'incompletion', 'schooling', 'graduation'] as const;

export type Example = (typeof EXAMPLES)[number];

/** An example paper as PDF. */
export const pdfOf = (name: Example): Promise<Buffer> =>
  name === 'graduation' ? electronicPdf(graduation) : paperPdf({ completion, incompletion, schooling }[name]);

/** Where the picture of an example is kept. */
export const keptPicture = (name: Example): URL => new URL(`kept/${name}.png`, import.meta.url);
