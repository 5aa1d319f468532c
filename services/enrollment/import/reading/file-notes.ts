import { isReportColumn } from '../form-f1/header.ts';
import { columnLetters, type FileNote, type TableHeader } from './table.ts';

/** Columns that the form does not know: ignored, and given back in the report. Named by letter only. */
export function extraColumnsNote(header: TableHeader): FileNote[] {
  const letters = header.columns
    .filter((column) => column.key === null && column.title.trim() !== '' && !isReportColumn(column.title))
    .map((column) => columnLetters(column.index));
  if (letters.length === 0) return [];
  return [
    {
      code: 'EXTRA_COLUMNS_IGNORED',
      message: `${letters.join('、')}列不是采集表的项目，不会导入，问题报告中会原样保留。`,
      messageEn: `columns ${letters.join(', ')} are not on the form: ignored, kept in the report.`,
    },
  ];
}

export const sheetsIgnoredNote = (count: number): FileNote[] =>
  count <= 0
    ? []
    : [
        {
          code: 'SHEETS_IGNORED',
          message: `另有${count}张工作表不是采集表数据，未读取。`,
          messageEn: `${count} other sheets were not read.`,
        },
      ];

export const hiddenSheetsNote = (count: number): FileNote[] =>
  count === 0
    ? []
    : [
        {
          code: 'HIDDEN_SHEET_IGNORED',
          message: `有${count}张隐藏的工作表也含有采集表数据，未读取。如需导入，请取消隐藏后另存为单独的文件。`,
          messageEn: `${count} hidden sheets hold the form too and were not read.`,
        },
      ];

export const macrosNote: FileNote = {
  code: 'MACROS_IGNORED',
  message: '文件含有宏，系统不会运行，只读取单元格内容。',
  messageEn: 'the workbook has macros; they are never run.',
};
