import type { Trait } from '#libs/law/identity/same-child.ts';
import type { Scope } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { contentKeyOf } from '../registration/content-key.ts';
import type { JudgedRow } from './judge-rows.ts';
import type { RowVerdict } from './row-verdict.ts';

/** What the rows of a dry run have shown so far. */
export type Seen = {
  /** Content that has a registration, or would have one by now. */
  contents: Set<string>;
  /** Rows by which persons would have come in, with what tells them from others; by each of its values. */
  persons: Map<string, SeenPerson[]>;
};

export type SeenPerson = { row: number; traits: readonly Trait[] };

export const nothingSeen = (): Seen => ({ contents: new Set(), persons: new Map() });

/** A job whose rows are registered; `seen` is of a dry run, and null where rows are registered in earnest. */
export type RegisteringJob = { id: string; by: string; entryYear: number; scope: Scope; seen: Seen | null };

/** A row against which nothing speaks. */
export type GoodRow = Extract<JudgedRow, { ok: true }>;

/** What registering a good row comes to. */
export type RowOutcome = Pick<RowVerdict, 'result' | 'problems' | 'warnings' | 'intake'>;

/** Keyed hash of what a row hands in. */
export const keyOfRow = (
  { sealing }: Pick<ServiceCore, 'sealing'>,
  { entryYear }: RegisteringJob,
  { handed: { school, form } }: GoodRow,
): Buffer => contentKeyOf(sealing, school.code, form, entryYear);
