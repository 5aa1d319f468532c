import { FURTHER_ITEMS } from './further-items.ts';
import { GUARDIAN_ONE_ITEMS, GUARDIAN_TWO_ITEMS } from './guardian-items.ts';
import type { F1Item } from './item.ts';
import { SPECIAL_EDUCATION_ITEMS, STUDENT_ITEMS } from './student-items.ts';

/** The 37 items of the collection form, in its order (002 Annex 1, rule ID-23). */
export const FORM_ITEMS: readonly F1Item[] = [
  ...STUDENT_ITEMS,
  ...GUARDIAN_ONE_ITEMS,
  ...GUARDIAN_TWO_ITEMS,
  ...SPECIAL_EDUCATION_ITEMS,
];

/** Every column that is understood: the form and the optional further columns. */
export const ALL_ITEMS: readonly F1Item[] = [...FORM_ITEMS, ...FURTHER_ITEMS];

const BY_KEY: ReadonlyMap<string, F1Item> = new Map(ALL_ITEMS.map((item) => [item.key, item]));

/** The item of a column key. */
export function itemOf(key: string): F1Item {
  const item = BY_KEY.get(key);
  if (item === undefined) throw new Error(`no item ${key} on the form`);
  return item;
}
