import type { Fault } from '../problems/row-problem.ts';
import { PRECISION_LOST } from './document-number.ts';
import type { CellFlag } from './parse-context.ts';

/** What a flag of the file reader means to the person who filled in the cell. */
export const FLAG_FAULTS: Record<CellFlag, Fault> = {
  FORMULA_WITHOUT_VALUE: {
    ruleId: null,
    code: 'FORMULA_WITHOUT_VALUE',
    what: '单元格是公式，且没有保存计算结果。',
    remedy: '请在表格软件中打开并保存一次，或直接填写内容。',
    en: 'a formula without a stored result.',
  },
  ERROR_VALUE: {
    ruleId: null,
    code: 'CELL_ERROR_VALUE',
    what: '单元格显示为错误值（如#N/A）。',
    remedy: '请改为实际内容。',
    en: 'the cell holds an error value.',
  },
  PRECISION_LOST,
  MERGED: {
    ruleId: null,
    code: 'MERGED_CELL',
    what: '单元格被合并。',
    remedy: '请取消合并，并在每一行分别填写。',
    en: 'the cell is part of a merged range.',
  },
  BEYOND_HEADER: {
    ruleId: null,
    code: 'CELLS_BEYOND_HEADER',
    what: '内容多于表头的列数，可能是某格中的逗号把内容拆成了两格。',
    remedy: '请检查本行各列是否错位，含逗号的内容应加英文双引号。',
    en: 'more cells than headers; a comma may have split a cell.',
  },
};

export const UNREADABLE_TEXT: Fault = {
  ruleId: null,
  code: 'TEXT_UNREADABLE',
  what: '含有无法识别的字符（控制字符或乱码）。',
  remedy: '请删除后重新录入；生僻字请用支持国家标准编码的输入法录入。',
  en: 'contains control characters, private-use characters or damaged text.',
};

export const TOO_LONG_TEXT: Fault = {
  ruleId: null,
  code: 'TEXT_TOO_LONG',
  what: '内容过长。',
  remedy: '请检查是否把多行或多列内容粘在了一格。',
  en: 'far too long for a cell of the form.',
};

/** Of an item without which there is no form to keep, where no rule asks for it. */
export const REQUIRED_MISSING: Fault = {
  ruleId: null,
  code: 'REQUIRED_ITEM_MISSING',
  what: '必填项为空。',
  remedy: '请补充填写。',
  en: 'required item is missing.',
};
