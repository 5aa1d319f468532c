import type { IsoDate } from '../dates.ts';
import type { LawLayer, LawPlace, Stage } from '../layers.ts';
import type { RuleId } from '../rule-id.ts';

/** A length of time as a text gives it. */
export type Duration = { amount: number; unit: 'WORKING_DAY' | 'DAY' | 'WEEK' | 'MONTH' | 'YEAR' };

/** A day of every year, `mm-dd`. */
export type YearDay = string;

/** What one text says about a parameter. */
export type DatedValue<T> = {
  layer: LawLayer;
  value: T;
  /** The article, in the text's own counting. */
  article: string;
  /** First and last day, both included; absent: those of the text. */
  from?: IsoDate;
  to?: IsoDate;
  /** Absent: every stage. */
  stages?: readonly Stage[];
  /** For values of OURS that hold in one province only. */
  only?: Pick<LawPlace, 'province'>;
  /**
   * How a lower text stands to a higher one that also speaks. NARROWS: the higher leaves room and this fills it.
   * SOFT: it yields and stays as a target that warns. Absent: it yields, or confirms when it says the same.
   */
  relation?: 'NARROWS' | 'SOFT';
};

/** A quantity of the law: its values from the highest text to the lowest, on one level the later first. */
export type Parameter<T> = {
  /** The rules that use it. */
  rules: readonly RuleId[];
  title: string;
  titleEn: string;
  values: readonly DatedValue<T>[];
  /** What holds where every text is silent (ours); absent: the question stays without an answer. */
  silent?: { value: T; why: string };
  /** Run by the national system alone: no provincial text can change it. */
  nationwide?: true;
};

/** Types a parameter while keeping its key in the table. */
export const parameter = <T>(spec: Parameter<T>): Parameter<T> => spec;

export const workingDays = (amount: number): Duration => ({ amount, unit: 'WORKING_DAY' });
export const days = (amount: number): Duration => ({ amount, unit: 'DAY' });
export const weeks = (amount: number): Duration => ({ amount, unit: 'WEEK' });
export const months = (amount: number): Duration => ({ amount, unit: 'MONTH' });
export const years = (amount: number): Duration => ({ amount, unit: 'YEAR' });
