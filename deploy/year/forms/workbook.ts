import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { F1Item } from '#services/enrollment/import/form-f1/item.ts';
import { ALL_ITEMS } from '#services/enrollment/import/form-f1/items.ts';
import type { F1Row } from '#services/enrollment/import/form-f1/row.ts';
import { writeXlsx } from '#services/enrollment/import/writing/write-xlsx.ts';

/** A row of the collection form as it is typed: texts by the key of the item. */
export type Cells = Record<string, string>;

const HELP_COLUMNS = new Set(['currentRegionCode', 'householdRegionCode', 'schoolCode']);
const COLUMNS: readonly F1Item[] = ALL_ITEMS.filter(({ key }) => !HELP_COLUMNS.has(key));

const isAddress = (value: unknown): value is { regionCode: string | null; text: string } =>
  typeof value === 'object' && value !== null && 'regionCode' in value;

const written = ({ codeTable }: F1Item, value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (isAddress(value)) return `${value.regionCode ?? ''} ${value.text}`.trim();
  const text = String(value);
  return codeTable?.values.includes(text) ? codeTable.nameOf(text) : text;
};

const valueAt = (row: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((at, step) => (at as Record<string, unknown> | null | undefined)?.[step], row);

/** The row as a school types it into the workbook. */
export const cellsOf = (row: F1Row): Cells =>
  Object.fromEntries(COLUMNS.map((item) => [item.key, written(item, valueAt(row, item.path))]));

/** A workbook of collection forms; the first row of pupils is row 2. */
export const workbookOf = async (rows: readonly Cells[]): Promise<Buffer> => {
  const sink = new PassThrough();
  const bytes = buffer(sink);
  await writeXlsx(
    [
      { cells: COLUMNS.map(({ header }) => header), look: 'HEADING' as const },
      ...rows.map((cells) => ({ cells: COLUMNS.map(({ key }) => cells[key] ?? ''), look: 'DATA' as const })),
    ],
    { sheetName: '学生基本信息采集表', frozenRows: 1, widths: COLUMNS.map(() => 14) },
    sink,
  );
  return bytes;
};
