import type { IsoDate } from '#libs/law/dates.ts';
import type { LawPlace } from '#libs/law/layers.ts';
import { requireValue } from '#libs/law/resolve.ts';

/** Working days that an order leaves (ORG-23: promptly, CF-49); throws Error where the law gives another unit. */
export const promptly = (place: LawPlace, on: IsoDate): number => {
  const { amount, unit } = requireValue('promptly', place, on);
  if (unit !== 'WORKING_DAY') throw new Error('promptly is not counted in working days');
  return amount;
};
