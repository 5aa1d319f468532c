import type { DropoutState } from '#libs/contracts/vocabulary.ts';

/** What can be done with an entry. */
export type LedgerAct =
  | 'CONFIRM'
  | 'REPORT'
  | 'PERSUADE'
  | 'ORDER'
  | 'RETURN'
  | 'SETTLE'
  | 'CLEAR'
  | 'INFORM_HOUSEHOLD'
  | 'AGE_OUT';

/** States of an entry that is followed up. */
const open: readonly DropoutState[] = [
  'CLUE',
  'CONFIRMED',
  'REPORTED',
  'PERSUADING',
  'ESCALATED',
  'MONITORING',
];

export const isClosed = (state: DropoutState): boolean => !open.includes(state);

/** The way of an entry (W-15), complete: what does not stand here does not happen. */
const ways: Record<DropoutState, Partial<Record<LedgerAct, DropoutState>>> = {
  CLUE: {
    CONFIRM: 'CONFIRMED',
    PERSUADE: 'CLUE',
    CLEAR: 'CLEARED',
    RETURN: 'MONITORING',
    AGE_OUT: 'AGE_ENDED',
  },
  CONFIRMED: {
    REPORT: 'REPORTED',
    PERSUADE: 'CONFIRMED',
    INFORM_HOUSEHOLD: 'CONFIRMED',
    RETURN: 'MONITORING',
    AGE_OUT: 'AGE_ENDED',
  },
  REPORTED: {
    PERSUADE: 'PERSUADING',
    INFORM_HOUSEHOLD: 'REPORTED',
    RETURN: 'MONITORING',
    AGE_OUT: 'AGE_ENDED',
  },
  PERSUADING: {
    PERSUADE: 'PERSUADING',
    ORDER: 'ESCALATED',
    INFORM_HOUSEHOLD: 'PERSUADING',
    RETURN: 'MONITORING',
    AGE_OUT: 'AGE_ENDED',
  },
  ESCALATED: {
    PERSUADE: 'ESCALATED',
    INFORM_HOUSEHOLD: 'ESCALATED',
    RETURN: 'MONITORING',
    AGE_OUT: 'AGE_ENDED',
  },
  MONITORING: { CONFIRM: 'PERSUADING', PERSUADE: 'MONITORING', SETTLE: 'RETURNED', AGE_OUT: 'AGE_ENDED' },
  RETURNED: {},
  CLEARED: {},
  AGE_ENDED: {},
};

/** The state after an act, or undefined where W-15 knows no such way. */
export const stateAfter = (state: DropoutState, act: LedgerAct): DropoutState | undefined => ways[state][act];

/** What may be done with an entry in this state, but for what the system does by itself. */
export const actsIn = (state: DropoutState): LedgerAct[] =>
  (Object.keys(ways[state]) as LedgerAct[]).filter((act) => act !== 'INFORM_HOUSEHOLD' && act !== 'AGE_OUT');
