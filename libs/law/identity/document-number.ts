import { readCitizenId } from './citizen-id.ts';

/** The number in one spelling: half-width capitals and digits, nothing between them. */
const plainDocumentNumber = (typed: string): string =>
  typed
    .normalize('NFKC')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .toUpperCase();

/**
 * Permits of residents of Hong Kong and Macao (letter and 8 digits) and of Taiwan (8 digits) are the holder's for life;
 * two digits more count the issues, and a last place names who issued it.
 */
const HOLDER_AND_ISSUES = [/^([HM]\d{8})\d{2}$/, /^(\d{8})\d{2}[A-Z0-9]?$/];

const RESIDENCE_PERMIT = /^8[123]0000/;

/** What a document's number is by itself, whatever type it was typed under. */
export type DocumentNumber = {
  /** In one spelling. */
  plain: string;
  /** The part that stays with the holder when the document is issued anew. */
  holder: string;
  /** It keeps GB 11643, so that nobody else in the nation has it. */
  isNational: boolean;
  /** It is a resident ID number of the mainland: whoever has another one is another person. */
  isResidentId: boolean;
};

/** Reads the number of a document; whether type and number fit is judged elsewhere (ID-22). */
export const readDocumentNumber = (typed: string): DocumentNumber => {
  const plain = plainDocumentNumber(typed);
  const isNational = readCitizenId(plain).ok;
  const holder = isNational ? plain : HOLDER_AND_ISSUES.map((shape) => shape.exec(plain)?.[1]).find(Boolean);
  return {
    plain,
    holder: holder ?? plain,
    isNational,
    isResidentId: isNational && !RESIDENCE_PERMIT.test(plain),
  };
};
