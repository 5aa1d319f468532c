import { writeFile } from 'node:fs/promises';
import { pngOf, readPdf, SCALE } from '#test/support/pictures.ts';
import { EXAMPLES, keptPicture, NAMES } from './examples.ts';

// Keeps the pictures of the example slips anew: `node test/service/complaint-ticket/paper/keep.ts`. Look at them before they
// are committed: a test holds every later slip against them.
for (const name of NAMES) {
  const { picture } = await readPdf(await EXAMPLES[name](), SCALE);
  await writeFile(keptPicture(name), pngOf(picture));
}
