/** Where a ticket stands (W-20). */
export type TicketState =
  | 'RECEIVED'
  | 'VERIFICATION_ASSIGNED'
  | 'VERIFIED'
  | 'SUPERVISION_ISSUED'
  | 'HANDLED'
  | 'REPORT_DRAFTED'
  | 'REPORT_SEALED'
  | 'REPORT_ACCEPTED'
  | 'CLOSED'
  | 'MERGED';

/** What is done with a ticket. `HANDLE_LOCALLY`: within the own level, without a slip. `WITHDRAW_REPORT`: the draft. */
export type TicketAct =
  | 'HANDLE_LOCALLY'
  | 'ISSUE_VERIFICATION'
  | 'ISSUE_SUPERVISION'
  | 'DRAFT_REPORT'
  | 'WITHDRAW_REPORT'
  | 'SEAL_REPORT'
  | 'ACCEPT_REPORT'
  | 'CLOSE'
  | 'MERGE'
  | 'REOPEN';

/** Where each act leads from each state; an act that is missing is none of that state. Slips lead on by where they stand (`stateBySlips`). */
const COURSE: Readonly<Record<TicketState, Readonly<Partial<Record<TicketAct, TicketState>>>>> = {
  RECEIVED: {
    HANDLE_LOCALLY: 'HANDLED',
    ISSUE_VERIFICATION: 'VERIFICATION_ASSIGNED',
    ISSUE_SUPERVISION: 'SUPERVISION_ISSUED',
    DRAFT_REPORT: 'REPORT_DRAFTED',
    CLOSE: 'CLOSED',
    MERGE: 'MERGED',
  },
  VERIFICATION_ASSIGNED: {
    ISSUE_VERIFICATION: 'VERIFICATION_ASSIGNED',
    ISSUE_SUPERVISION: 'SUPERVISION_ISSUED',
  },
  VERIFIED: {
    ISSUE_VERIFICATION: 'VERIFICATION_ASSIGNED',
    ISSUE_SUPERVISION: 'SUPERVISION_ISSUED',
    DRAFT_REPORT: 'REPORT_DRAFTED',
    CLOSE: 'CLOSED',
    MERGE: 'MERGED',
  },
  SUPERVISION_ISSUED: { ISSUE_SUPERVISION: 'SUPERVISION_ISSUED' },
  HANDLED: {
    ISSUE_SUPERVISION: 'SUPERVISION_ISSUED',
    CLOSE: 'CLOSED',
    MERGE: 'MERGED',
  },
  REPORT_DRAFTED: { SEAL_REPORT: 'REPORT_SEALED', WITHDRAW_REPORT: 'RECEIVED' },
  REPORT_SEALED: { ACCEPT_REPORT: 'REPORT_ACCEPTED' },
  REPORT_ACCEPTED: {
    ISSUE_VERIFICATION: 'VERIFICATION_ASSIGNED',
    ISSUE_SUPERVISION: 'SUPERVISION_ISSUED',
    CLOSE: 'CLOSED',
  },
  CLOSED: { REOPEN: 'RECEIVED' },
  MERGED: { REOPEN: 'RECEIVED' },
};

/** The state that an act leads to; undefined where it is none of this state. */
export const ticketAfter = (state: TicketState, act: TicketAct): TicketState | undefined =>
  COURSE[state][act];

/** What may be done in a state, in the order of the workflow. */
export const actsIn = (state: TicketState): TicketAct[] => Object.keys(COURSE[state]) as TicketAct[];

/** A slip under a complaint or report, as far as it tells where that stands. */
export type SlipUnder = { kind: 'VERIFICATION' | 'SUPERVISION'; state: string };

const LED_BY_SLIPS: ReadonlySet<TicketState> = new Set([
  ...(['RECEIVED', 'VERIFICATION_ASSIGNED', 'VERIFIED', 'SUPERVISION_ISSUED', 'HANDLED'] as const),
]);

/**
 * Where a complaint or report stands by the slips under it, after one was answered, sent back or taken back (W-20): it waits for what
 * is out, a supervision slip before a verification slip, and has what was answered. `without`: where it stands with none of them.
 */
export const stateBySlips = (
  state: TicketState,
  slips: readonly SlipUnder[],
  without: TicketState,
): TicketState => {
  if (!LED_BY_SLIPS.has(state)) return state;
  const has = (kind: SlipUnder['kind'], at: string) =>
    slips.some((slip) => slip.kind === kind && slip.state === at);
  if (has('SUPERVISION', 'ISSUED')) return 'SUPERVISION_ISSUED';
  if (has('VERIFICATION', 'ISSUED')) return 'VERIFICATION_ASSIGNED';
  if (has('SUPERVISION', 'ANSWERED')) return 'HANDLED';
  return has('VERIFICATION', 'ANSWERED') ? 'VERIFIED' : without;
};

/** True while the ministry has the report of a complaint: no level takes it up beside that (TKT-04). */
export const isWithMinistry = (state: string): boolean =>
  state === 'REPORT_SEALED' || state === 'REPORT_ACCEPTED';

/** True for a ticket that waits for nobody. */
export const isTicketEnd = (state: TicketState): boolean => state === 'CLOSED' || state === 'MERGED';
