import type { DateSystem } from './calendar-date.ts';

/** Knows the administrative divisions in force. */
export type RegionLookup = {
  /** True for a six-digit code of GB/T 2260 that exists. */
  knows(code: string): boolean;
};

/** What reading a row depends on beside the row itself. */
export type ParseContext = {
  /** Day of the import, `yyyy-mm-dd`, Asia/Shanghai. */
  readonly on: string;
  readonly regions: RegionLookup;
  /** Default 1900. */
  readonly dateSystem?: DateSystem;
  /** Whether * on the printed form asks for a value as ★ does (CF-25); default true. */
  readonly asteriskIsRequired?: boolean;
};

/** What the reader of the file found out about a cell beside its text. */
export type CellFlag =
  | 'FORMULA_WITHOUT_VALUE'
  | 'ERROR_VALUE'
  | 'PRECISION_LOST'
  | 'MERGED'
  | 'BEYOND_HEADER';
