import type { IsoDate } from '#libs/law/dates.ts';
import { shanghaiDate } from '#libs/law/dates.ts';

/** A declared fault of the system or of the data transmission, for a unit and everything under it. */
export type Fault = {
  reference: string;
  unit: string;
  lo: number;
  hi: number;
  beganAt: string;
  description: string;
  declaredBy: string;
  declaredAt: string;
  /** Null while it lasts. */
  endedAt: string | null;
  version: number;
};

/** True where a fault lasted on a day at one of two places: the transfer between them could not be handled here then. */
export const wasFault = (
  { lo, hi, beganAt, endedAt }: Fault,
  on: IsoDate,
  places: readonly number[],
): boolean =>
  shanghaiDate(new Date(beganAt)) <= on &&
  (endedAt === null || on <= shanghaiDate(new Date(endedAt))) &&
  places.some((place) => lo <= place && place <= hi);
