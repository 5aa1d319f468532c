import type { ExportContent } from './content.ts';

/** Text that a spreadsheet would take for a formula is marked as text. */
const guarded = (cell: string | number): string => {
  const text = String(cell);
  return typeof cell === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
};

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The table as CSV in UTF-8 with the mark by which spreadsheets know it, one line each. */
export const writeCsv = ({ header, rows }: Pick<ExportContent, 'header' | 'rows'>): Buffer => {
  const lines = [header, ...rows].map((row) => row.map((cell) => quoted(guarded(cell))).join(','));
  return Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`, 'utf8');
};
