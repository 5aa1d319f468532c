import { readDocumentNumber } from './document-number.ts';

/** Shapes of numbers by type of document; a resident ID number is read by GB 11643 instead. */
const SHAPES = {
  // Permit: H or M with 8 digits, two more digits count the issues. Residence permit: 18 characters, 81 or 82.
  HK_MACAO_PERMIT: /^(?:[HM]\d{8}(?:\d{2})?|8[12]0000\d{11}[\dX])$/,
  // Permit: 8 digits, older ones 10 digits and a letter. Residence permit: 18 characters, 83.
  TAIWAN_PERMIT: /^(?:\d{8}|\d{10}(?:\(?[A-Z]\)?)?|830000\d{11}[\dX])$/,
  PASSPORT: /^(?=.*\d)[A-Z0-9]{5,15}$/,
  OTHER: /^(?=.*\d)[\dA-Z()\u4e00-\u9fff]{4,40}$/,
} as const;

/** Types of documents whose numbers are known by their shape alone. */
export type ShapedDocument = keyof typeof SHAPES;

const isShaped = (type: string): type is ShapedDocument => Object.hasOwn(SHAPES, type);

/** Whether a number has the shape of its type's numbers. */
export const hasShapeOf = (type: ShapedDocument, number: string): boolean => SHAPES[type].test(number);

/** What speaks against a number under a type: it is a resident ID number, or a residence permit, or of another shape. */
export type DocumentMismatch = 'RESIDENT_ID_NUMBER' | 'RESIDENCE_PERMIT_NUMBER' | 'OTHER_SHAPE';

/** Reads a number, in one spelling, under the type that it is said to be of; undefined where the two agree. */
export const mismatchOf = (type: string, number: string): DocumentMismatch | undefined => {
  const { isNational, isResidentId } = readDocumentNumber(number);
  if (type === 'RESIDENT_ID') return isNational && !isResidentId ? 'RESIDENCE_PERMIT_NUMBER' : undefined;
  if (!isShaped(type)) return undefined;
  if (isResidentId) return 'RESIDENT_ID_NUMBER';
  return hasShapeOf(type, number) ? undefined : 'OTHER_SHAPE';
};
