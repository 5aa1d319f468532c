import type { IsoDate } from '../dates.ts';

/**
 * The area from which a senior school admits, from the beginning of a day until the next one begins. `within`: the unit of
 * whose areas it is one, so that areas of the same name in two cities stay two.
 */
export type AdmissionArea = { area: string; within: string; from: IsoDate };

/** The area of a school on a day, as a text that only the same area has; undefined where none was named by then (TRF-15). */
export const admissionAreaOn = (areas: readonly AdmissionArea[], on: IsoDate): AdmissionArea | undefined =>
  areas
    .filter(({ from }) => from <= on)
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
    .at(-1);

/** Two schools admit from one area where these texts are equal. */
export const admissionAreaKey = ({ within, area }: AdmissionArea): string => `${within} ${area}`;
