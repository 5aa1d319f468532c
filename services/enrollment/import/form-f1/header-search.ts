import { FileProblem } from '../problems/file-problem.ts';
import { columnLetters, type RawRow, type TableHeader } from '../reading/table.ts';
import { type HeaderColumn, type HeaderMatch, isReportColumn, matchHeader } from './header.ts';
import type { F1Item } from './item.ts';
import { FORM_ITEMS } from './items.ts';
import { isUnreadable } from './text.ts';

/** How many rows from the top may hold a title before the header. */
export const HEADER_SEARCH_ROWS = 10;
/** Fewer known columns than this are chance, not a header of the form. */
const FEWEST_COLUMNS = 5;
const NUMBERED = new Set(FORM_ITEMS.map((item) => item.key));

type Candidate = { rows: readonly RawRow[]; match: HeaderMatch; score: number };

/**
 * Finds the header of form F1 among the first rows of a table: one row, or two rows of which the upper one names
 * the blocks. Null when there is none.
 */
export function findHeader(top: readonly RawRow[]): { header: TableHeader; match: HeaderMatch } | null {
  let best: Candidate | null = null;
  for (const at of top.slice(0, HEADER_SEARCH_ROWS).keys()) {
    for (const candidate of candidatesAt(top, at)) {
      if (candidate.score > (best?.score ?? 0)) best = candidate;
    }
  }
  if (best === null || best.score < FEWEST_COLUMNS) return null;
  const rowNumber = best.rows.at(-1)?.number ?? 0;
  const rows = top.filter((row) => row.number <= rowNumber);
  return { header: { rowNumber, rows, columns: best.match.columns }, match: best.match };
}

function candidatesAt(top: readonly RawRow[], at: number): Candidate[] {
  const row = top[at];
  if (row === undefined) return [];
  const above = top[at - 1];
  const groups = above === undefined ? [] : headingsOver(above.cells, row.cells.length);
  const single = candidate([row], matchHeader(row.cells, groups));
  if (above === undefined) return [single];
  const joined = row.cells.map((cell, index) => (cell.trim() === '' ? (above.cells[index] ?? '') : cell));
  const rest = above.cells.slice(row.cells.length);
  return [single, candidate([above, row], matchHeader([...joined, ...rest], groups))];
}

function candidate(rows: readonly RawRow[], match: HeaderMatch): Candidate {
  return { rows, match, score: [...match.matched].filter((key) => NUMBERED.has(key)).length };
}

/** A heading over several columns stands in the first of them only; it covers what follows. */
function headingsOver(cells: readonly string[], width: number): string[] {
  const filled = cells.filter((cell) => cell.trim() !== '').length;
  if (filled < 2) return [];
  let heading = '';
  return Array.from({ length: width }, (_, index) => {
    const cell = cells[index]?.trim() ?? '';
    if (cell !== '') heading = cell;
    return heading;
  });
}

/** Throws when two columns claim one item; all are named. */
export function refuseRepeated({ repeated }: HeaderMatch): void {
  if (repeated.length === 0) return;
  const list = repeated.map(
    ({ item, indexes }) => `${label(item)}（${indexes.map(columnLetters).join('、')}列）`,
  );
  throw new FileProblem(
    'COLUMNS_DUPLICATED',
    `表头重复：${list.join('，')}。请删除多余的列，或在表头写明“成员一”“成员二”。`,
    `columns claimed twice: ${repeated.map(({ item }) => item.key).join(', ')}.`,
  );
}

/**
 * Throws when the file has no column for an item that every row needs; all are named, and with them the headers that
 * were not understood, one of which may be meant.
 */
export function requireColumns({ columns }: TableHeader, needed: ReadonlySet<string>): void {
  const present = new Set(columns.map(({ key }) => key));
  const missing = FORM_ITEMS.filter(({ key }) => needed.has(key) && !present.has(key));
  if (missing.length === 0) return;
  const unknown = columns.filter(
    ({ key, title }) => key === null && title.trim() !== '' && !isReportColumn(title),
  );
  const notUnderstood =
    unknown.length === 0 ? '' : `表中未能识别的列：${unknown.slice(0, MOST_NAMED).map(nameOf).join('、')}。`;
  throw new FileProblem(
    'COLUMNS_MISSING',
    `缺少以下必填列：${missing.map(label).join('、')}。${notUnderstood}请在表头中补上或改正这些列后重新上传。`,
    `required columns are missing: ${missing.map(({ key }) => key).join(', ')}; not understood: ${unknown.map(({ index }) => columnLetters(index)).join(', ') || 'none'}.`,
  );
}

/** How many columns a sentence names before it says no more. */
const MOST_NAMED = 12;
/** What is longer, or holds a number of somebody, is no header: such a column is named by its letter alone. */
const HEADER_WORDS = /^(?!.*\d{4}).{1,20}$/su;

const nameOf = ({ title, index }: HeaderColumn): string => {
  const plain = title.replace(/\s+/gu, '');
  const letters = `${columnLetters(index)}列`;
  return HEADER_WORDS.test(plain) && !isUnreadable(plain) ? `“${plain}”（${letters}）` : letters;
};

const label = (item: F1Item): string =>
  item.number === null ? item.header : `${item.number}.${item.header}`;

/** No sheet, or no row near the top, looks like the form. */
export const headerNotFound = (): FileProblem =>
  new FileProblem(
    'HEADER_NOT_FOUND',
    `前${HEADER_SEARCH_ROWS}行中没有找到“学生基本信息采集表”的表头。表头应有“姓名”“身份证件号”等列名；空白模板可用命令 npm run import -- --template 模板.xlsx 生成。`,
    `no header of form F1 within the first ${HEADER_SEARCH_ROWS} rows; npm run import -- --template FILE.xlsx writes an empty form.`,
  );
