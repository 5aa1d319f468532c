/** Why a file as a whole cannot be read. One clear reason; nothing of its content is repeated. */
export type FileProblemCode =
  | 'FILE_EMPTY'
  | 'FILE_TOO_LARGE'
  | 'FILE_TYPE_NOT_SUPPORTED'
  | 'OLD_EXCEL_FORMAT'
  | 'WORKBOOK_ENCRYPTED'
  | 'WORKBOOK_CUT'
  | 'WORKBOOK_DAMAGED'
  | 'WORKBOOK_EXPANDS_TOO_FAR'
  | 'XML_ENTITY_FORBIDDEN'
  | 'NOT_A_WORKBOOK'
  | 'ENCODING_UNKNOWN'
  | 'CSV_BROKEN'
  | 'HEADER_NOT_FOUND'
  | 'COLUMNS_MISSING'
  | 'COLUMNS_DUPLICATED'
  | 'SEVERAL_SHEETS'
  | 'NO_DATA_ROWS'
  | 'TOO_MANY_ROWS'
  | 'TOO_MANY_COLUMNS'
  | 'SCHOOL_GONE';

/** A file that cannot be imported: `message` tells the clerk what to do, `messageEn` the engineer. */
export class FileProblem extends Error {
  override readonly name = 'FileProblem';
  readonly code: FileProblemCode;
  readonly messageEn: string;

  constructor(code: FileProblemCode, message: string, messageEn: string) {
    super(message);
    this.code = code;
    this.messageEn = messageEn;
  }

  toJSON(): { code: FileProblemCode; message: string; messageEn: string } {
    return { code: this.code, message: this.message, messageEn: this.messageEn };
  }
}
