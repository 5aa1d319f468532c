import type { OrgLevel } from '#libs/contracts/vocabulary.ts';

/** Levels of administration, from the top; a school is no unit of the tree. */
export type UnitLevel = Exclude<OrgLevel, 'SCHOOL'>;

/** Public code of the ministry. */
export const MINISTRY = '000000';

/**
 * A unit of the management tree. `lo` and `hi` (both inclusive) are the places that the unit manages: place
 * numbers have at most eleven digits, a tree code of six and a position of five within it.
 */
export type OrgUnit = {
  /** Public code, six digits (GB/T 2260 where `gbt2260`). */
  code: string;
  name: string;
  level: UnitLevel;
  /** Code of the unit above; null for the ministry. */
  parent: string | null;
  lo: number;
  hi: number;
  /** Code of the province-level unit that it belongs to; the ministry's own for the ministry. */
  province: string;
  gbt2260: boolean;
};

const PLACES_PER_SLOT = 100_000;

/** Last position that a school can have within a slot; position 0 is the authority itself. */
export const LAST_POSITION = PLACES_PER_SLOT - 1;

/** First place of a tree code. */
export const firstPlace = (slot: string): number => Number(slot) * PLACES_PER_SLOT;

/** First place of the slot in which a place lies. */
export const slotStart = (place: number): number => place - (place % PLACES_PER_SLOT);

/** How many tree codes a unit of the level spans, its own included. */
export const SLOTS_OF_LEVEL: Readonly<Record<UnitLevel, number>> = {
  MINISTRY: 1_000_000,
  PROVINCE: 10_000,
  CITY: 100,
  COUNTY: 1,
};

/** The interval of a unit of the level at a tree code, both ends inclusive. */
export const intervalOf = (level: UnitLevel, slot: string): { lo: number; hi: number } => {
  const lo = firstPlace(slot);
  return { lo, hi: lo + SLOTS_OF_LEVEL[level] * PLACES_PER_SLOT - 1 };
};
