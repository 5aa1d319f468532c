import { writeFile } from 'node:fs/promises';
import { pngOf, readPdf, SCALE } from '#test/support/pictures.ts';
import { EXAMPLES, keptPicture, pdfOf } from './kept.ts';

// Keeps the pictures of the example papers anew: `node test/service/certificate/paper/keep.ts`. Look at them before they
// are committed: a test holds every later paper against them.
for (const name of EXAMPLES) {
  const { picture } = await readPdf(await pdfOf(name), SCALE);
  await writeFile(keptPicture(name), pngOf(picture));
}
