import type { LawPlace } from '#libs/law/finding.ts';
import type { DateSystem } from './calendar-date.ts';

/** Knows the administrative divisions in force. */
export type RegionLookup = {
  /** True for a six-digit code of GB/T 2260 that exists. */
  knows(code: string): boolean;
};

/** What reading a form depends on beside the form itself. */
export type ReadingContext = {
  /** Day of the business, `yyyy-mm-dd`, Asia/Shanghai. */
  readonly on: string;
  /** Where the school lies: what rules a fault may cite. */
  readonly place: LawPlace;
  readonly regions: RegionLookup;
};

/** What reading a row of a file depends on. */
export type ParseContext = ReadingContext & {
  /** Default 1900. */
  readonly dateSystem?: DateSystem;
};

/** What the reader of the file found out about a cell beside its text. */
export type CellFlag =
  | 'FORMULA_WITHOUT_VALUE'
  | 'ERROR_VALUE'
  | 'PRECISION_LOST'
  | 'MERGED'
  | 'BEYOND_HEADER';
