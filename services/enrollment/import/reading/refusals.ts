import { FileProblem } from '../problems/file-problem.ts';

const SAVE_AS = '请在 Excel 或 WPS 中打开，另存为“Excel 工作簿（.xlsx）”后重新上传。';

/** The refusals that several readers share, worded once. */
export const refusals = {
  empty: () =>
    new FileProblem('FILE_EMPTY', '文件是空的。请重新导出或另存后上传。', 'the file has no content.'),
  tooLarge: (bytes: number) =>
    new FileProblem(
      'FILE_TOO_LARGE',
      `文件超过${Math.floor(bytes / 1024 / 1024)}MB。请拆分成几个文件分别上传。`,
      `the file is larger than ${bytes} bytes.`,
    ),
  notSupported: (what: string, whatEn: string) =>
    new FileProblem(
      'FILE_TYPE_NOT_SUPPORTED',
      `文件内容是${what}，不是工作簿。请上传 .xlsx 或 .csv 文件（只改文件名后缀无效）。`,
      `the content is ${whatEn}, not a workbook or CSV.`,
    ),
  oldExcel: () =>
    new FileProblem(
      'OLD_EXCEL_FORMAT',
      `文件是旧版 Excel（.xls）格式。${SAVE_AS}`,
      'binary .xls is not read.',
    ),
  binaryExcel: () =>
    new FileProblem(
      'OLD_EXCEL_FORMAT',
      `文件是二进制工作簿（.xlsb）格式。${SAVE_AS}`,
      'binary .xlsb is not read.',
    ),
  encrypted: () =>
    new FileProblem(
      'WORKBOOK_ENCRYPTED',
      '工作簿设有打开密码。请取消密码保护，另存后重新上传。',
      'the workbook is encrypted.',
    ),
  cut: () =>
    new FileProblem(
      'WORKBOOK_CUT',
      '文件不完整，可能在传输或保存时中断。请重新导出后上传。',
      'the zip archive is cut short.',
    ),
  damaged: (en: string) =>
    new FileProblem(
      'WORKBOOK_DAMAGED',
      `工作簿已损坏，无法读取。${SAVE_AS}`,
      `the workbook is damaged: ${en}.`,
    ),
  expandsTooFar: (en: string) =>
    new FileProblem(
      'WORKBOOK_EXPANDS_TOO_FAR',
      '文件解压后的内容过大，已拒绝读取。请删除多余的空白行列和工作表，另存后重新上传。',
      `the archive unpacks to more than is allowed: ${en}.`,
    ),
  entities: () =>
    new FileProblem(
      'XML_ENTITY_FORBIDDEN',
      `工作簿内含不允许的内部声明，已拒绝读取。${SAVE_AS}`,
      'a document type declaration or entity was found in the XML.',
    ),
  notAWorkbook: () =>
    new FileProblem(
      'NOT_A_WORKBOOK',
      '压缩包中没有工作簿。请上传 .xlsx 或 .csv 文件，不要上传压缩包或其他文档。',
      'the zip archive holds no workbook.',
    ),
  encoding: () =>
    new FileProblem(
      'ENCODING_UNKNOWN',
      '文件的文字编码无法识别。请另存为“CSV UTF-8”或 .xlsx 后重新上传。',
      'neither UTF-8 nor GB18030.',
    ),
  csvBroken: (row: number) =>
    new FileProblem(
      'CSV_BROKEN',
      `第${row}行附近的引号不成对，无法分列。请修正后重新上传，或改用 .xlsx 文件。`,
      `the CSV cannot be parsed near row ${row}.`,
    ),
  tooManyRows: (rows: number) =>
    new FileProblem(
      'TOO_MANY_ROWS',
      `数据超过${rows}行。请拆分成几个文件分别上传。`,
      `more than ${rows} data rows.`,
    ),
  tooManyColumns: (columns: number) =>
    new FileProblem(
      'TOO_MANY_COLUMNS',
      `内容超过${columns}列。请删除表格右侧多余的列后重新上传。`,
      `content beyond column ${columns}.`,
    ),
};
