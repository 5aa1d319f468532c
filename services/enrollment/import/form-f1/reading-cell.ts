import type { Fault } from '../problems/row-problem.ts';
import type { CodeTable } from './codes/code-table.ts';
import { lengthOf } from './text.ts';

/** What a cell means, or what is wrong with it. */
export type Reading<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly fault: Fault };

/** Reads one cleaned, non-empty text. */
export type CellReader<Value> = (text: string) => Reading<Value>;

export const read = <Value>(value: Value): Reading<Value> => ({ ok: true, value });
export const fail = (fault: Fault): { readonly ok: false; readonly fault: Fault } => ({ ok: false, fault });

/** How many names a message lists before it says "and so on". */
const NAMES_IN_MESSAGE = 8;

/** A value of a closed list, by code or by Chinese name. */
export function fromTable<Value extends string>(table: CodeTable<Value>): CellReader<Value> {
  const more = table.names.length > NAMES_IN_MESSAGE;
  const names =
    table.names.slice(0, NAMES_IN_MESSAGE).join('、') + (more ? `等（共${table.names.length}个值）` : '');
  const standard = table.standard === 'ours' ? '' : `，或填${table.standard}代码`;
  const fault: Fault = {
    ruleId: null,
    code: 'VALUE_NOT_IN_CODE_TABLE',
    what: `填写的内容不在“${table.title}”可选范围内。`,
    remedy: `请填：${names}${standard}。`,
    en: `value is not in the code table (${table.standard}).`,
  };
  const failure = fail(fault);
  return (text) => {
    const value = table.find(text);
    return value === undefined ? failure : read(value);
  };
}

/** Free text within limits of length, in characters. */
export function textOf(limits: { min: number; max: number }): CellReader<string> {
  const tooLong = fail({
    ruleId: null,
    code: 'TEXT_TOO_LONG',
    what: `内容超过${limits.max}个字。`,
    remedy: `请缩短到${limits.max}个字以内，并检查是否把多列内容粘在了一格。`,
    en: `longer than ${limits.max} characters.`,
  });
  const tooShort = fail({
    ruleId: null,
    code: 'TEXT_TOO_SHORT',
    what: `内容少于${limits.min}个字，不完整。`,
    remedy: '请填写完整内容。',
    en: `shorter than ${limits.min} characters.`,
  });
  return (text) => {
    const length = lengthOf(text);
    if (length > limits.max) return tooLong;
    return length < limits.min ? tooShort : read(text);
  };
}

/** A decimal number within limits. */
export function numberOf(limits: { min: number; max: number; unit: string }): CellReader<number> {
  const failure = fail({
    ruleId: null,
    code: 'NUMBER_INVALID',
    what: `不是${limits.min}到${limits.max}之间的数。`,
    remedy: `请只填数字，单位为${limits.unit}。`,
    en: `not a number between ${limits.min} and ${limits.max}.`,
  });
  const unit = new RegExp(`(${limits.unit}|km)$`, 'iu');
  return (text) => {
    const digits = text.replace(unit, '').trim();
    if (!/^\d{1,9}(\.\d{1,9})?$/.test(digits)) return failure;
    const value = Number(digits);
    return value < limits.min || value > limits.max ? failure : read(value);
  };
}

/** Digits of exactly this shape. */
export function digitsOf(count: number): CellReader<string> {
  const failure = fail({
    ruleId: null,
    code: 'NUMBER_INVALID',
    what: `不是${count}位数字。`,
    remedy: `请填写${count}位数字。`,
    en: `not ${count} digits.`,
  });
  return (text) => (text.length === count && /^\d+$/.test(text) ? read(text) : failure);
}
