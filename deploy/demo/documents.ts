import type { F1Student } from '#services/enrollment/import/form-f1/row.ts';
import type { Random } from './random.ts';

/** How a child is documented: nationality, belonging and kind of identity document. */
export type Documented = Pick<F1Student, 'nationalityOrRegion' | 'overseasCategory' | 'idDocumentType'>;

const RESIDENT: Documented = {
  nationalityOrRegion: 'CHN',
  overseasCategory: 'NONE',
  idDocumentType: 'RESIDENT_ID',
};

/** Parts of a thousand children, one after the other; the rest hold a resident ID number. */
const OTHERS: readonly (readonly [number, Documented])[] = [
  [1.3, { nationalityOrRegion: 'CHN', overseasCategory: 'NONE', idDocumentType: 'NONE' }],
  [1.0, { nationalityOrRegion: 'HKG', overseasCategory: 'HONG_KONG', idDocumentType: 'HK_MACAO_PERMIT' }],
  [0.4, { nationalityOrRegion: 'MAC', overseasCategory: 'MACAO', idDocumentType: 'HK_MACAO_PERMIT' }],
  [0.8, { nationalityOrRegion: 'TWN', overseasCategory: 'TAIWAN', idDocumentType: 'TAIWAN_PERMIT' }],
  [0.5, { nationalityOrRegion: 'CHN', overseasCategory: 'OVERSEAS_CHINESE', idDocumentType: 'PASSPORT' }],
  [0.6, { nationalityOrRegion: 'KOR', overseasCategory: 'FOREIGN', idDocumentType: 'PASSPORT' }],
  [
    0.4,
    { nationalityOrRegion: 'USA', overseasCategory: 'FOREIGN_CHILD_OF_RESIDENT', idDocumentType: 'PASSPORT' },
  ],
];

/** About five children in a thousand hold a passport, a permit, or nothing at all. */
export function documented(random: Random): Documented {
  let drawn = random.next() * 1000;
  for (const [part, document] of OTHERS) {
    if (drawn < part) return document;
    drawn -= part;
  }
  return RESIDENT;
}

/** Whether ethnic groups of GB/T 3304 apply: not to foreigners. */
export const isForeigner = ({ overseasCategory }: Documented): boolean =>
  overseasCategory === 'FOREIGN' || overseasCategory === 'FOREIGN_CHILD_OF_RESIDENT';

/** Whether the household register lies outside the mainland. */
export const isFromOutside = (document: Documented): boolean =>
  document.overseasCategory !== 'NONE' && document.overseasCategory !== 'OVERSEAS_CHINESE';

/**
 * The n-th number of a document other than the resident ID: right in form, each once for a million n. The letters
 * and first digits 99 are our mark for made-up documents; no reserved range is known.
 */
export function documentNumber({ idDocumentType, overseasCategory }: Documented, n: number): string | null {
  const digits = String(n % 1_000_000).padStart(6, '0');
  switch (idDocumentType) {
    case 'HK_MACAO_PERMIT':
      return `${overseasCategory === 'MACAO' ? 'M' : 'H'}99${digits}`;
    case 'TAIWAN_PERMIT':
      return `99${digits}`;
    case 'PASSPORT':
      return overseasCategory === 'OVERSEAS_CHINESE' ? `E99${digits}` : `M99X${digits}`;
    default:
      return null;
  }
}

/** The n-th passport of a foreign adult; distinct from those of children. */
export const foreignPassport = (n: number): string => `P99X${String(n % 1_000_000).padStart(6, '0')}`;
