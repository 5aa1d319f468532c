import type { Outcome } from '#libs/law/finding.ts';
import type { RuleId } from '#libs/law/rule-id.ts';

/** What can be wrong with one cell or with two cells together; stable, English, one meaning each. */
export type RowProblemCode =
  | 'REQUIRED_ITEM_MISSING'
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
  | 'IDENTITY_NUMBER_INVALID'
  | 'IDENTITY_DATA_MISMATCH'
  | 'ID_REGION_UNKNOWN'
  | 'DOCUMENT_NUMBER_INVALID'
  | 'DOCUMENT_NUMBER_WITHOUT_TYPE'
  | 'DOCUMENT_TYPE_MISMATCH'
  | 'DOCUMENT_SHARED_IN_ROW'
  | 'NATIONALITY_DIFFERS'
  | 'REGION_CODE_UNKNOWN'
  | 'ITEM_NOT_APPLICABLE'
  | 'SCHOOL_CODE_DIFFERS'
  | 'AGE_UNUSUAL_FOR_GRADE'
  | 'DUPLICATE_IN_FILE'
  | 'POSSIBLE_DUPLICATE_IN_FILE'
  | 'FORMULA_WITHOUT_VALUE'
  | 'CELL_ERROR_VALUE'
  | 'MERGED_CELL'
  | 'CELLS_BEYOND_HEADER';

/**
 * What is wrong and how it is mended, in the clerk's words and in English; never repeats a value of the row.
 * `ruleId`: the rule that asks for it; null where only this system does, so that the content can be kept and read.
 */
export type Fault = {
  readonly ruleId: RuleId | null;
  readonly code: RowProblemCode;
  readonly what: string;
  readonly remedy: string;
  readonly en: string;
};

/**
 * One problem or warning about one row, JSON-serialisable.
 * `item` = number on the collection form (1-37), null for further fields or the row as a whole;
 * `path` = place in the form of the graph, as in a finding; `message` = `what` + `remedy` in Chinese.
 */
export type RowProblem = {
  readonly item: number | null;
  readonly path: readonly string[];
  readonly ruleId: RuleId | null;
  /** REJECT of a refused row; HOLD, WARN and RECORD go along with a row that is taken. */
  readonly outcome: Outcome;
  /** A code of ours, or of the law. */
  readonly code: string;
  readonly what: string;
  readonly remedy: string;
  readonly message: string;
  readonly messageEn: string;
};

/** The place a problem is tied to: an item of the form by its key, or the row as a whole. */
export type ProblemPlace = {
  readonly number: number | null;
  readonly header: string;
  readonly key: string;
};

/** The row as a whole, for problems that belong to no column. */
export const WHOLE_ROW: ProblemPlace = { number: null, header: '', key: '' };

/** The place of an item in the form of the graph: `guardians.0.phone` is form, guardians, 0, phone. */
export const pathOf = ({ key }: ProblemPlace): string[] => (key === '' ? [] : ['form', ...key.split('.')]);

/** Ties a fault to its place and words it in full. */
export function rowProblem(place: ProblemPlace, fault: Fault, outcome: Outcome = 'REJECT'): RowProblem {
  const what = whatOf(place, fault);
  return {
    item: place.number,
    path: pathOf(place),
    ruleId: fault.ruleId,
    outcome,
    code: fault.code,
    what,
    remedy: fault.remedy,
    message: `${what}${fault.remedy}`,
    messageEn: whatEnOf(place, fault),
  };
}

/** What is wrong, with its place. */
export function whatOf(place: ProblemPlace, { what }: Fault): string {
  if (place.header === '') return `本行：${what}`;
  const label = `“${place.header}”：${what}`;
  return place.number === null ? label : `第${place.number}项${label}`;
}

export function whatEnOf(place: ProblemPlace, { en }: Fault): string {
  if (place.header === '') return `Row: ${en}`;
  return place.number === null ? `${place.key}: ${en}` : `Item ${place.number} (${place.key}): ${en}`;
}
