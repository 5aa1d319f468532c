import { CERTIFICATE_NAMES } from '#libs/law/certificate/kinds.ts';
import type { Sheet } from '#libs/platform/pdf/sheet.ts';
import type { Typefaces } from '#libs/platform/pdf/typefaces.ts';
import type { SchoolingPaper } from './paper.ts';
import { studies, who } from './passages.ts';
import { twoPartSheet } from './two-parts.ts';
import { form, monthParts, printed } from './words.ts';

/**
 * Form F5 (Annex 5 of the Shanxi rules): certificate of schooling, with stub and body, and the place for the seal of the
 * competent authority that brings it into effect. Length of schooling stands on the stub alone.
 */
export const schoolingSheet = (paper: SchoolingPaper, typefaces: Typefaces): Sheet => {
  const { year, month } = monthParts(paper.graduatedOn);
  const original = paper.originalCertificateNumber;
  return twoPartSheet(
    paper,
    {
      title: `${paper.province ?? ''}中小学生${CERTIFICATE_NAMES.SCHOOLING}`,
      stub: [
        ...who(paper),
        ...studies(paper),
        ...form`，于${year}年${month}月在我校毕业（学制${paper.schoolingYears}年），原毕业证书号码${original}号，特发给证明。`,
      ],
      body: [
        ...who(paper),
        ...studies(paper),
        ...form`，于${year}年${month}月在我校毕业，原毕业证书号码${original}号，特发给证明。`,
        printed('本证明经主管教育行政部门验印后，具有与毕业证书同等效力。'),
      ],
      seals: [
        { label: '校长（章）', owner: paper.principal ?? '', shape: 'SQUARE' },
        { label: '学校（章）', owner: paper.schoolName, shape: 'RING' },
        { label: '主管教育行政部门验印', owner: paper.authorityName, shape: 'RING' },
      ],
    },
    typefaces,
  );
};
