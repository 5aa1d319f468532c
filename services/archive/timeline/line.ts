import type { EnrollmentStatus, Stage } from '#libs/contracts/vocabulary.ts';
import type { Custodian } from '#libs/law/archive/custody.ts';
import type { LineKind } from './kinds.ts';

/** Where in the grades of which school a registration is from a line on. */
export type LinePosition = {
  enrollment: string;
  school: string;
  stage: Stage;
  entryYearAdj: number;
  lastGrade: number;
  frozenAt: string | null;
};

/**
 * A line of the life of a student: what happened, at which unit, and what it belongs to. Codes and opaque ids alone; of others
 * it says nothing.
 */
export type Line = {
  person: string;
  /** The event that told of it; a line is written once each. */
  event: string;
  at: string;
  kind: LineKind;
  /** School or unit where it happened; null where it happened at none. */
  unit: string | null;
  /** School or unit to which something went. */
  toUnit: string | null;
  /** The case, transfer or change that it belongs to. */
  matter: string | null;
  /** The entry of the archive that it tells of. */
  entry: number | null;
  /** Where the registration is from here on, and how it stands; each null where that stays as it was. */
  position: LinePosition | null;
  status: EnrollmentStatus | null;
  /** Who keeps the archive from here on; null where that stays as it was. */
  custodian: Custodian | null;
};

/** A line with what it does not say left out. */
export type Said = Pick<Line, 'person' | 'kind'> & Partial<Omit<Line, 'person' | 'kind' | 'event' | 'at'>>;

export const lineOf = (event: { id: string; time: string }, said: Said): Line => ({
  ...{ event: event.id, at: event.time, unit: null, toUnit: null, matter: null, entry: null },
  ...{ position: null, status: null, custodian: null },
  ...said,
});
