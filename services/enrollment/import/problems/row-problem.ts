import type { RuleId } from '#libs/law/rule-id.ts';

/** What can be wrong with one cell or with two cells together; stable, English, one meaning each. */
export type RowProblemCode =
  | 'REQUIRED_ITEM_MISSING'
  | 'IDENTITY_DOCUMENT_MISSING'
  | 'VALUE_NOT_IN_CODE_TABLE'
  | 'TEXT_UNREADABLE'
  | 'TEXT_TOO_LONG'
  | 'TEXT_TOO_SHORT'
  | 'NAME_NOT_READABLE'
  | 'DATE_NOT_READABLE'
  | 'DATE_IMPOSSIBLE'
  | 'DATE_NOT_PLAUSIBLE'
  | 'PHONE_INVALID'
  | 'NUMBER_INVALID'
  | 'NUMBER_PRECISION_LOST'
  | 'ID_NUMBER_INVALID'
  | 'ID_NUMBER_CHECK_CHARACTER'
  | 'ID_NUMBER_BIRTH_DATE'
  | 'ID_NUMBER_GENDER'
  | 'ID_REGION_UNKNOWN'
  | 'DOCUMENT_NUMBER_INVALID'
  | 'DOCUMENT_NUMBER_WITHOUT_TYPE'
  | 'DOCUMENT_TYPE_MISMATCH'
  | 'DOCUMENT_SHARED_IN_ROW'
  | 'NATIONALITY_DIFFERS'
  | 'REGION_CODE_UNKNOWN'
  | 'ITEM_NOT_APPLICABLE'
  | 'LEGAL_GUARDIAN_MISSING'
  | 'RESIDENCE_PERMIT_INCOMPLETE'
  | 'GRADE_NOT_IN_SCHOOL'
  | 'SCHOOL_CODE_DIFFERS'
  | 'AGE_UNUSUAL_FOR_GRADE'
  | 'DUPLICATE_IN_FILE'
  | 'POSSIBLE_DUPLICATE_IN_FILE'
  | 'FORMULA_WITHOUT_VALUE'
  | 'CELL_ERROR_VALUE'
  | 'MERGED_CELL'
  | 'CELLS_BEYOND_HEADER';

/** What is wrong and how it is mended, in the clerk's words and in English; never repeats a value of the row. */
export type Fault = {
  readonly ruleId: RuleId;
  readonly code: RowProblemCode;
  readonly what: string;
  readonly remedy: string;
  readonly en: string;
};

/**
 * One finding about one row, JSON-serialisable.
 * `item` = number on the collection form (1-37), null for further fields or the row as a whole;
 * `path` = place in F1Row; `message` = `what` + `remedy` in Chinese.
 */
export type RowProblem = {
  readonly item: number | null;
  readonly path: readonly string[];
  readonly ruleId: RuleId;
  readonly code: RowProblemCode;
  readonly what: string;
  readonly remedy: string;
  readonly message: string;
  readonly messageEn: string;
};

/** The place a problem is tied to: an item of the form, or the row as a whole. */
export type ProblemPlace = {
  readonly number: number | null;
  readonly header: string;
  readonly path: readonly string[];
};

/** The row as a whole, for problems that belong to no column. */
export const WHOLE_ROW: ProblemPlace = { number: null, header: '', path: [] };

/** Ties a fault to its place and words it in full. */
export function rowProblem(place: ProblemPlace, fault: Fault): RowProblem {
  const what = `${labelOf(place)}${fault.what}`;
  return {
    item: place.number,
    path: place.path,
    ruleId: fault.ruleId,
    code: fault.code,
    what,
    remedy: fault.remedy,
    message: `${what}${fault.remedy}`,
    messageEn: `${labelEnOf(place)}${fault.en}`,
  };
}

function labelOf(place: ProblemPlace): string {
  if (place.header === '') return '本行：';
  return place.number === null ? `“${place.header}”：` : `第${place.number}项“${place.header}”：`;
}

function labelEnOf(place: ProblemPlace): string {
  if (place.header === '') return 'Row: ';
  const identifier = place.path.join('.');
  return place.number === null ? `${identifier}: ` : `Item ${place.number} (${identifier}): `;
}
