import { SUPPRESSED } from '#libs/law/statistics/suppression.ts';
import type { PlaceRange } from '../stock/blocks.ts';

/** EXACT: the unit itself, its authority or a unit above it. PUBLISHED: everybody else, who has the published tables alone. */
export type Reader = 'EXACT' | 'PUBLISHED';

/** Who somebody is to a scope; `own` is the range that the reader's unit manages, absent for those without one. */
export const readerOf = (own: PlaceRange | undefined, scope: PlaceRange): Reader =>
  own !== undefined && own.lo <= scope.lo && scope.hi <= own.hi ? 'EXACT' : 'PUBLISHED';

/** A count as it leaves: null where it is hidden; `roundedTo` where it is the nearest multiple of that. */
export type ShownCount = { count: number | null; roundedTo: number | null; display: string };

/** How a count is shown. */
export const shown = (count: number | null, roundedTo: number | null = null): ShownCount => {
  if (count === null) return { count, roundedTo, display: SUPPRESSED.text };
  return { count, roundedTo, display: roundedTo === null ? String(count) : `≈${count}` };
};
