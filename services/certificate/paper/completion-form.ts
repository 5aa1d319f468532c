import { CERTIFICATE_NAMES } from '#libs/law/certificate/kinds.ts';
import type { Sheet } from '#libs/platform/pdf/sheet.ts';
import type { Typefaces } from '#libs/platform/pdf/typefaces.ts';
import type { CompletionPaper } from './paper.ts';
import { studies, who } from './passages.ts';
import { twoPartSheet } from './two-parts.ts';
import { form, printed } from './words.ts';

/** Form F4 (Annex 4 of the Shanxi rules): 结业 or 肄业 certificate, the one that applies, with stub and body. */
export const completionSheet = (paper: CompletionPaper, typefaces: Typefaces): Sheet => {
  const name = CERTIFICATE_NAMES[paper.kind];
  return twoPartSheet(
    paper,
    {
      title: `${paper.province ?? ''}普通高中${name}`,
      stub: [...who(paper), ...studies(paper), ...form`，因${paper.reason}，发给`, printed(`${name}。`)],
      body: [...who(paper), ...studies(paper), printed(`，现发给${name}。`)],
      seals: [
        { label: '校长（章）', owner: paper.principal ?? '', shape: 'SQUARE' },
        { label: '学校（章）', owner: paper.schoolName, shape: 'RING' },
      ],
      jointSeal: '（校章）',
    },
    typefaces,
  );
};
