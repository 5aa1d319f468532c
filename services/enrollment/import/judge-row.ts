import { FLAG_FAULTS } from './form-f1/cell-faults.ts';
import type { FormDraft } from './form-f1/form-draft.ts';
import { itemOf } from './form-f1/items.ts';
import type { CellFlag, ParseContext } from './form-f1/parse-context.ts';
import { readRow } from './form-f1/parse-row.ts';
import { cleanText } from './form-f1/text.ts';
import { type Fault, WHOLE_ROW } from './problems/row-problem.ts';
import type { RawRow } from './reading/table.ts';
import type { FileFacts } from './survey.ts';

/** What the verdict on a row depends on beside the row. */
export type JudgeContext = Omit<ParseContext, 'dateSystem'> & {
  /** 学校标识码 of the school for which the file is imported, ten digits. */
  readonly school: string;
  /** Calendar year in which the school year of this import begins. */
  readonly entryYear: number;
  readonly file: FileFacts;
};

/** Age on 31 August of the year of entry into grade one; beyond it a typing error is likelier than a pupil. */
const USUAL_AGE = { from: 5, to: 9 };
const ROWS_NAMED = 5;

/**
 * Reads one row of an imported file with everything that it and the rest of the file show. Pure. Whether something is
 * missing, and whether the child may be registered (age, grade, duplicate search), is for the law to say afterwards.
 */
export function judgeRow(raw: RawRow, context: JudgeContext): FormDraft {
  const { file, school } = context;
  const { cells, flags } = cellsOf(raw, file);
  const draft = readRow(cells, { ...context, dateSystem: file.dateSystem }, flags);
  if ([...raw.flags.values()].includes('BEYOND_HEADER')) draft.note(WHOLE_ROW, FLAG_FAULTS.BEYOND_HEADER);
  const twins = others(file.sameDocument.get(raw.number), raw.number);
  if (twins.length > 0) draft.note(itemOf('idDocumentNumber'), sameDocument(twins));
  const schoolCode = cleanText(cells.get('schoolCode') ?? '');
  if (/^\d{10}$/.test(schoolCode) && schoolCode !== school) draft.refuseAt('schoolCode', OTHER_SCHOOL);
  const alike = others(file.sameNameAndBirth.get(raw.number), raw.number);
  if (alike.length > 0) draft.warnAt('name', sameNameAndBirth(alike));
  warnOfAge(draft, context);
  return draft;
}

function cellsOf(
  raw: RawRow,
  { header, merged }: FileFacts,
): { cells: Map<string, string>; flags: Map<string, CellFlag> } {
  const cells = new Map<string, string>();
  const flags = new Map<string, CellFlag>();
  for (const { key, index } of header.columns) {
    if (key === null) continue;
    const text = raw.cells[index];
    if (text !== undefined && text !== '') cells.set(key, text);
    const flag = raw.flags.get(index) ?? (merged.covers(raw.number, index) ? 'MERGED' : undefined);
    if (flag !== undefined) flags.set(key, flag);
  }
  return { cells, flags };
}

function warnOfAge(draft: FormDraft, { entryYear }: JudgeContext): void {
  const birthDate = draft.text('birthDate');
  const schoolYear = Number(draft.text('gradeName') ?? Number.NaN);
  if (birthDate === undefined || Number.isNaN(schoolYear) || draft.isRefused('birthDate')) return;
  const isBornLater = birthDate.slice(5) > '08-31';
  const age = entryYear - schoolYear + 1 - Number(birthDate.slice(0, 4)) - (isBornLater ? 1 : 0);
  if (age < USUAL_AGE.from || age > USUAL_AGE.to) draft.warnAt('birthDate', AGE_UNUSUAL);
}

const others = (rows: readonly number[] | undefined, own: number): readonly number[] =>
  (rows ?? []).filter((row) => row !== own);

function named(rows: readonly number[]): string {
  const list = rows.slice(0, ROWS_NAMED).join('、');
  return rows.length > ROWS_NAMED ? `${list}等${rows.length}` : list;
}

const sameDocument = (rows: readonly number[]): Fault => ({
  ruleId: 'ID-18',
  code: 'DUPLICATE_IN_FILE',
  what: `证件号与本文件第${named(rows)}行相同。`,
  remedy: '同一学生请只保留一行；不是同一学生的，请对照证件改正证件号。',
  en: `the document number also stands in row ${rows.slice(0, ROWS_NAMED).join(', ')}.`,
});

const sameNameAndBirth = (rows: readonly number[]): Fault => ({
  ruleId: 'ID-18',
  code: 'POSSIBLE_DUPLICATE_IN_FILE',
  what: `姓名、性别、出生日期与本文件第${named(rows)}行相同，且都没有证件号。`,
  remedy: '请核实是否为同一学生；是的请只保留一行。',
  en: `same name, gender and birth date as row ${rows.slice(0, ROWS_NAMED).join(', ')}, both without document.`,
});

const OTHER_SCHOOL: Fault = {
  ruleId: null,
  code: 'SCHOOL_CODE_DIFFERS',
  what: '学校标识码不是本校的。',
  remedy: '请确认没有传错文件；属于本校的，请改正学校标识码。',
  en: 'the school code is not that of the importing school.',
};
const AGE_UNUSUAL: Fault = {
  ruleId: null,
  code: 'AGE_UNUSUAL_FOR_GRADE',
  what: '年龄与年级相差较大，出生年份可能录错。',
  remedy: '请对照证件核实；无误的无需修改。',
  en: 'the age is unusual for the grade; the year of birth may be mistyped.',
};
