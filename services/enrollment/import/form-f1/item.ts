import type { z } from 'zod';
import type { CodeTable } from './codes/code-table.ts';
import type { CellReader } from './reading-cell.ts';

/** ★ and * of the printed form (CF-25), conditional, optional. */
export type RequiredMark = 'STAR' | 'ASTERISK' | 'CONDITIONAL' | 'OPTIONAL';

/** Part of the form in which an item stands; FURTHER holds fields that the texts ask for beside the form. */
export type ItemBlock = 'STUDENT' | 'GUARDIAN_ONE' | 'GUARDIAN_TWO' | 'SPECIAL_EDUCATION' | 'FURTHER';

/** One item of the collection form F1 as data (002 Annex 1). */
export type F1Item = {
  /** 1-37 as printed; null for further fields. */
  readonly number: number | null;
  /** Identifier, the column key of a parsed row: `name`, `guardians.0.phone`, `isMigrantChild`. */
  readonly key: string;
  /** Place of the value in F1Row. */
  readonly path: readonly string[];
  /** Header as printed on the form, with its block where the bare label stands in several blocks. */
  readonly header: string;
  /** The bare label and its usual variants, without marks, numbers and block prefix. */
  readonly labels: readonly string[];
  readonly mark: RequiredMark;
  readonly block: ItemBlock;
  readonly schema: z.ZodType;
  readonly codeTable: CodeTable<string> | null;
  readonly read: CellReader<unknown>;
};
