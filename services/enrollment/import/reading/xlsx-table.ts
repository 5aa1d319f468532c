import type { HeaderMatch } from '../form-f1/header.ts';
import { findHeader, headerNotFound, refuseRepeated } from '../form-f1/header-search.ts';
import { FileProblem } from '../problems/file-problem.ts';
import type { ByteSource } from './byte-source.ts';
import { dataRows } from './data-rows.ts';
import { extraColumnsNote, hiddenSheetsNote, macrosNote, sheetsIgnoredNote } from './file-notes.ts';
import type { ReadingLimits } from './limits.ts';
import { SharedStrings } from './shared-strings.ts';
import type { CellSources } from './sheet-cell.ts';
import { type SheetPass, sheetRows } from './sheet-rows.ts';
import { dateStyles } from './styles.ts';
import {
  type FileNote,
  type MergedRange,
  type OpenTable,
  type RawRow,
  type TableHeader,
  TOP_ROWS,
} from './table.ts';
import { readWorkbook, type Sheet, type Workbook } from './workbook.ts';
import { ZipArchive } from './zip-archive.ts';

type Found = { sheet: Sheet; header: TableHeader; match: HeaderMatch; hasData: boolean };

/** Sheets that explain a form rather than hold it. */
const EXPLAINS = /说明|示例|样例|样表|范例|字典|代码/u;

/** Opens a workbook (.xlsx, .xlsm) and finds the one sheet that holds the form. Throws FileProblem. */
export async function openXlsxTable(source: ByteSource, limits: ReadingLimits): Promise<OpenTable> {
  const archive = await ZipArchive.open(source, limits);
  let strings: SharedStrings | null = null;
  const close = async () => {
    strings?.close();
    archive.close();
  };
  try {
    const workbook = await readWorkbook(archive);
    strings =
      workbook.sharedStrings === null
        ? null
        : await SharedStrings.from(archive.bytes(workbook.sharedStrings), limits.residentStringBytes);
    const sources: CellSources = {
      strings,
      dateStyles: workbook.styles === null ? [] : await dateStyles(archive.bytes(workbook.styles)),
      dateSystem: workbook.dateSystem,
    };
    const { found, notes } = await chooseSheet(archive, workbook, sources, limits);
    refuseRepeated(found.match);
    let merged: MergedRange[] = [];
    return {
      format: { kind: 'xlsx', sheetName: found.sheet.name, dateSystem: workbook.dateSystem },
      header: found.header,
      notes: [...notes, ...extraColumnsNote(found.header), ...(workbook.hasMacros ? [macrosNote] : [])],
      rows() {
        const pass: SheetPass = { merged: [], maxColumns: limits.maxColumns };
        merged = pass.merged;
        const all = sheetRows(archive.bytes(found.sheet.part), sources, pass);
        return dataRows(all, found.header, limits.maxRows);
      },
      mergedRanges: () => merged.filter((range) => range.lastRow > found.header.rowNumber),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function chooseSheet(
  archive: ZipArchive,
  workbook: Workbook,
  sources: CellSources,
  limits: ReadingLimits,
): Promise<{ found: Found; notes: FileNote[] }> {
  const withForm: Found[] = [];
  for (const sheet of workbook.sheets) {
    const top = await topRows(
      sheetRows(archive.bytes(sheet.part), sources, { merged: [], maxColumns: limits.maxColumns }),
    );
    const found = findHeader(top);
    if (found === null) continue;
    withForm.push({ sheet, ...found, hasData: top.some((row) => row.number > found.header.rowNumber) });
  }
  const visible = withForm.filter(({ sheet }) => !sheet.hidden);
  const filled = visible.filter(({ hasData }) => hasData);
  const serious = filled.filter(({ sheet }) => !EXPLAINS.test(sheet.name));
  const candidates = [serious, filled, visible].find((list) => list.length > 0) ?? [];
  if (candidates.length > 1 && filled.length > 0) throw severalSheets(workbook, candidates);
  const [found] = candidates;
  if (found === undefined) throw headerNotFound();
  const hidden = withForm.filter(({ sheet, hasData }) => sheet.hidden && hasData).length;
  const others = workbook.sheets.filter((sheet) => !sheet.hidden).length - 1;
  return { found, notes: [...hiddenSheetsNote(hidden), ...sheetsIgnoredNote(others)] };
}

/** The first rows with content, as many as a header may need. */
async function topRows(rows: AsyncIterable<RawRow>): Promise<RawRow[]> {
  const top: RawRow[] = [];
  for await (const row of rows) {
    top.push(row);
    if (top.length === TOP_ROWS) break;
  }
  return top;
}

function severalSheets(workbook: Workbook, found: readonly Found[]): FileProblem {
  const places = found.map(({ sheet }) => workbook.sheets.indexOf(sheet) + 1);
  return new FileProblem(
    'SEVERAL_SHEETS',
    `第${places.join('、')}张工作表都含有学生数据。请合并到一张工作表，或分别保存为文件后上传，以免遗漏学生。`,
    `several sheets hold the form: ${places.join(', ')}.`,
  );
}
