/** What has happened to a ticket, line by line; what it says is for some and not for others. */
export type LineAct =
  | 'RECEIVED'
  | 'ACKNOWLEDGED'
  | 'HANDLED'
  | 'CLOSED'
  | 'REMINDED'
  | 'OVERDUE'
  | 'ESCALATED'
  | 'EXTENDED'
  | 'REPORT_DRAFTED'
  | 'REPORT_WITHDRAWN'
  | 'REPORT_SEALED'
  | 'REPORT_ACCEPTED'
  | 'REPORT_ANSWERED'
  | 'NOTE'
  | 'PAPERS_ADDED'
  | 'ASSIGNED'
  | 'RELEASED'
  | 'MERGED'
  | 'REOPENED'
  | 'LINKED'
  | 'FOLLOWED_UP'
  | 'SLIP_ISSUED'
  | 'SLIP_ANSWERED'
  | 'SLIP_RETURNED'
  | 'SLIP_WITHDRAWN'
  | 'CASE_STEP_DONE';

/** A line of a ticket's history; never altered. */
export type Line = {
  ticket: string;
  line: number;
  at: string;
  act: LineAct;
  /** Whose act it was; null: the system's. */
  unit: string | null;
  by: string | null;
  /** To whom the ticket went with it. */
  toUnit: string | null;
  /** For the units that handle it alone. */
  inside: boolean;
  sealed: Uint8Array | null;
};

/** A line that is to be written. */
export type NewLine = Pick<Line, 'act' | 'unit' | 'by'> & {
  toUnit?: string;
  inside?: boolean;
  words?: string;
};

/** Context under which the words of a line are sealed. */
export const noteContext = (ticket: string, line: string): string => `ticket-line:${ticket}:${line}`;
