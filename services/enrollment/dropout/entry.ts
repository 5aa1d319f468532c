import type { DropoutSource, DropoutState, Stage } from '#libs/contracts/vocabulary.ts';
import type { DropoutRecipient } from '#libs/law/enrollment/dropout.ts';

/** An entry of the dropout ledger as it is kept. Days `yyyy-mm-dd`, instants RFC 3339. */
export type Entry = {
  id: string;
  place: number;
  province: string;
  /** County of the school, or the county that keeps the entry of a child without one. */
  county: string | null;
  /** The authority that decides. */
  authority: string;
  school: string | null;
  person: string | null;
  enrollment: string | null;
  /** Who a child is that was never registered, sealed under `childContext`. */
  sealed: Buffer | null;
  stage: Stage;
  /** The year in whose autumn the child was, or should have been, in primary grade one. */
  gradeOneYear: number | null;
  /** Lives away from the place of the household. */
  migrant: boolean;
  source: DropoutSource;
  since: string;
  state: DropoutState;
  householdCounty: string | null;
  termClosesOn: string | null;
  confirmedAt: string | null;
  reportedTo: readonly DropoutRecipient[];
  reportedAt: string | null;
  householdToldOn: string | null;
  lastActionOn: string;
  nextActionOn: string;
  staleOn: string | null;
  openedAt: string;
  openedBy: string;
  endedAt: string | null;
  version: number;
};

/** Context under which a child that was never registered is sealed. */
export const childContext = (entry: string): string => `dropout-child:${entry}`;

/** What was done about an entry. */
export type ActionKind =
  | 'OPENED'
  | 'CONFIRMED'
  | 'REPORTED'
  | 'PERSUADED'
  | 'ORDER_REQUESTED'
  | 'HOUSEHOLD_INFORMED'
  | 'RETURNED'
  | 'SETTLED'
  | 'CLEARED'
  | 'AGED_OUT';

export type Action = {
  entry: string;
  ordinal: number;
  kind: ActionKind;
  actedOn: string;
  measure: string | null;
  reached: boolean | null;
  sealed: Buffer | null;
  unit: string;
  by: string;
  at: string;
};

/** Context under which the words of an action are sealed. */
export const actionContext = (entry: string, ordinal: number): string => `dropout-action:${entry}:${ordinal}`;

/** Acts for the system itself. */
export const SYSTEM = 'SYSTEM';
