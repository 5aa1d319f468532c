/** Sizes of classes as JY/T 1001 groups them (班额), the smallest first; `from` is the first size of each. */
export const BANDS = [
  { band: 'UP_TO_25', from: 1 },
  { band: 'FROM_26_TO_35', from: 26 },
  { band: 'FROM_36_TO_45', from: 36 },
  { band: 'FROM_46_TO_55', from: 46 },
  { band: 'FROM_56_TO_65', from: 56 },
  { band: 'FROM_66', from: 66 },
] as const;
export type Band = (typeof BANDS)[number]['band'];

/** Classes that are too large (大班额), and far too large (超大班额). */
export const LARGE: Band = 'FROM_56_TO_65';
export const OVERSIZED: Band = 'FROM_66';

/** The band of a class; undefined for one in which nobody sits. */
export const bandOf = (size: number): Band | undefined => BANDS.findLast(({ from }) => size >= from)?.band;
