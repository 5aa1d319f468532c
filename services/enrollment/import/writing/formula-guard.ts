/** Text by whose first character a spreadsheet program takes it for a formula or a command. */
const FORMULA_LIKE = /^[=+\-@\t\r\n＝＋－＠]/u;

/** True when a spreadsheet program could take the text for a formula. */
export const isFormulaLike = (text: string): boolean => FORMULA_LIKE.test(text);

/** The text so written that it stays text in a CSV file; the reader takes the apostrophe off again. */
export const guarded = (text: string): string => (isFormulaLike(text) ? `'${text}` : text);
