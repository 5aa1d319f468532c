import { FLAG_FAULTS } from './form-f1/cell-faults.ts';
import { itemOf } from './form-f1/items.ts';
import type { CellFlag, ParseContext } from './form-f1/parse-context.ts';
import { type ParsedRow, parseRow } from './form-f1/parse-row.ts';
import type { F1Row } from './form-f1/row.ts';
import { cleanText } from './form-f1/text.ts';
import { type Fault, type RowProblem, rowProblem, WHOLE_ROW } from './problems/row-problem.ts';
import type { RawRow } from './reading/table.ts';
import type { FileFacts } from './survey.ts';

/** The school for which a file is imported. */
export type ImportingSchool = {
  /** 学校标识码, ten digits. */
  readonly code: string;
  /** Years of school that it teaches, by the common index 1-12, both included. */
  readonly years: { readonly first: number; readonly last: number };
};

/** What the verdict on a row depends on beside the row. */
export type JudgeContext = Omit<ParseContext, 'dateSystem'> & {
  readonly school: ImportingSchool;
  /** Calendar year in which the school year of this import begins. */
  readonly entryYear: number;
  readonly file: FileFacts;
};

/** Age on 31 August of the year of entry into grade one; beyond it a typing error is likelier than a pupil. */
const USUAL_AGE = { from: 5, to: 9 };
const ROWS_NAMED = 5;

/**
 * Judges one row of an imported file: the registration it asks for, or every problem at once. Pure. Whether the
 * child may be registered (age, duplicate check, jurisdiction) is for the law to say afterwards.
 */
export function judgeRow(raw: RawRow, context: JudgeContext): ParsedRow {
  const cells = new Map<string, string>();
  const flags = new Map<string, CellFlag>();
  for (const { key, index } of context.file.header.columns) {
    if (key === null) continue;
    const text = raw.cells[index];
    if (text !== undefined && text !== '') cells.set(key, text);
    const flag =
      raw.flags.get(index) ?? (context.file.merged.covers(raw.number, index) ? 'MERGED' : undefined);
    if (flag !== undefined) flags.set(key, flag);
  }
  const parsed = parseRow(cells, { ...context, dateSystem: context.file.dateSystem }, flags);
  const problems = [...(parsed.ok ? [] : parsed.problems), ...problemsOfFile(raw, cells, context)];
  const warnings = [...parsed.warnings, ...doubtfulTwins(raw, context)];
  if (!parsed.ok) return { ok: false, problems, warnings };
  const ofSchool = problemsOfSchool(parsed.registration, context);
  if (problems.length + ofSchool.length > 0)
    return { ok: false, problems: [...problems, ...ofSchool], warnings };
  return { ...parsed, warnings: [...warnings, ...unusualAge(parsed.registration, context)] };
}

function problemsOfFile(
  raw: RawRow,
  cells: ReadonlyMap<string, string>,
  { file, school }: JudgeContext,
): RowProblem[] {
  const problems: RowProblem[] = [];
  if ([...raw.flags.values()].includes('BEYOND_HEADER')) {
    problems.push(rowProblem(WHOLE_ROW, FLAG_FAULTS.BEYOND_HEADER));
  }
  const twins = others(file.sameDocument.get(raw.number), raw.number);
  if (twins.length > 0) problems.push(rowProblem(itemOf('idDocumentNumber'), sameDocument(twins)));
  const schoolCode = cleanText(cells.get('schoolCode') ?? '');
  if (/^\d{10}$/.test(schoolCode) && schoolCode !== school.code) {
    problems.push(rowProblem(itemOf('schoolCode'), OTHER_SCHOOL));
  }
  return problems;
}

function problemsOfSchool({ student }: F1Row, { school }: JudgeContext): RowProblem[] {
  const { first, last } = school.years;
  const isTaught = student.schoolYearIndex >= first && student.schoolYearIndex <= last;
  return isTaught ? [] : [rowProblem(itemOf('gradeName'), GRADE_NOT_TAUGHT)];
}

function doubtfulTwins(raw: RawRow, { file }: JudgeContext): RowProblem[] {
  const rows = others(file.sameNameAndBirth.get(raw.number), raw.number);
  return rows.length === 0 ? [] : [rowProblem(itemOf('name'), sameNameAndBirth(rows))];
}

function unusualAge({ student }: F1Row, { entryYear }: JudgeContext): RowProblem[] {
  const yearOfEntry = entryYear - student.schoolYearIndex + 1;
  const isBornLater = student.birthDate.slice(5) > '08-31';
  const age = yearOfEntry - Number(student.birthDate.slice(0, 4)) - (isBornLater ? 1 : 0);
  return age < USUAL_AGE.from || age > USUAL_AGE.to ? [rowProblem(itemOf('birthDate'), AGE_UNUSUAL)] : [];
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
  ruleId: 'ID-23',
  code: 'SCHOOL_CODE_DIFFERS',
  what: '学校标识码不是本校的。',
  remedy: '请确认没有传错文件；属于本校的，请改正学校标识码。',
  en: 'the school code is not that of the importing school.',
};
const GRADE_NOT_TAUGHT: Fault = {
  ruleId: 'ID-23',
  code: 'GRADE_NOT_IN_SCHOOL',
  what: '本校不开设这个年级。',
  remedy: '请改正年级，或由开设该年级的学校导入。',
  en: 'the school does not teach this grade.',
};
const AGE_UNUSUAL: Fault = {
  ruleId: 'ENR-01',
  code: 'AGE_UNUSUAL_FOR_GRADE',
  what: '年龄与年级相差较大，出生年份可能录错。',
  remedy: '请对照证件核实；无误的无需修改。',
  en: 'the age is unusual for the grade; the year of birth may be mistyped.',
};
