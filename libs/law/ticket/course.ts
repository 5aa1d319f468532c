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

/** What happens to a ticket. `HANDLE_LOCALLY`: within the own level, without a slip. `WITHDRAW_SLIPS`: the last that was out is taken back. `WITHDRAW_REPORT`: the draft. */
export type TicketAct =
  | 'HANDLE_LOCALLY'
  | 'ISSUE_VERIFICATION'
  | 'ANSWER_VERIFICATION'
  | 'ISSUE_SUPERVISION'
  | 'ANSWER_SUPERVISION'
  | 'SEND_BACK'
  | 'WITHDRAW_SLIPS'
  | 'DRAFT_REPORT'
  | 'WITHDRAW_REPORT'
  | 'SEAL_REPORT'
  | 'ACCEPT_REPORT'
  | 'CLOSE'
  | 'MERGE'
  | 'REOPEN';

/** Where each act leads from each state; an act that is missing is none of that state. */
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
    ANSWER_VERIFICATION: 'VERIFIED',
    WITHDRAW_SLIPS: 'RECEIVED',
    ISSUE_VERIFICATION: 'VERIFICATION_ASSIGNED',
    ISSUE_SUPERVISION: 'SUPERVISION_ISSUED',
    MERGE: 'MERGED',
  },
  VERIFIED: {
    ISSUE_VERIFICATION: 'VERIFICATION_ASSIGNED',
    ISSUE_SUPERVISION: 'SUPERVISION_ISSUED',
    DRAFT_REPORT: 'REPORT_DRAFTED',
    CLOSE: 'CLOSED',
    MERGE: 'MERGED',
  },
  SUPERVISION_ISSUED: {
    ANSWER_SUPERVISION: 'HANDLED',
    WITHDRAW_SLIPS: 'RECEIVED',
    ISSUE_SUPERVISION: 'SUPERVISION_ISSUED',
    MERGE: 'MERGED',
  },
  HANDLED: {
    SEND_BACK: 'SUPERVISION_ISSUED',
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

/** True for a ticket that waits for nobody. */
export const isTicketEnd = (state: TicketState): boolean => state === 'CLOSED' || state === 'MERGED';
