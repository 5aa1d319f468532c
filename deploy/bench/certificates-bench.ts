import type { Bench } from '#deploy/bench/bench.ts';
import { issueFigures } from '#deploy/bench/issue-figures.ts';
import { pdfFigures } from '#deploy/bench/pdf-figures.ts';
import { signingFigures } from '#deploy/bench/signing-figures.ts';

/** What certificates cost: each part of the work gives its own figures. */
export const certificatesBench: Bench = {
  name: 'certificates',
  summary: 'certificates issued by order, made as PDF, electronic ones signed and checked',
  run: async (context) => [
    ...(await issueFigures(context)),
    ...(await pdfFigures(context)),
    ...(await signingFigures(context)),
  ],
};
