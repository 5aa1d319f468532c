import type { TicketKind, TicketOrigin } from '#libs/contracts/vocabulary.ts';
import type { TicketState } from '#libs/law/ticket/course.ts';
import type { ProblemScope } from '#libs/law/ticket/scope.ts';
import type { CaseRef } from '../cases/case-ref.ts';

/** A school or unit that takes part, by its public code and its own place in the tree. */
export type Party = { code: string; place: number };

/** How a complaint reached who took it down. */
export const TICKET_CHANNELS = ['PORTAL', 'PHONE', 'MAIL', 'COUNTER', 'SYSTEM'] as const;
export type TicketChannel = (typeof TICKET_CHANNELS)[number];

/** Where a slip stands: with who is to answer it, answered, or over. */
export type SlipState = 'ISSUED' | 'ANSWERED' | 'CLOSED' | 'WITHDRAWN';

/** How a reporter took the end of a complaint. */
export const FOLLOW_UPS = ['SATISFIED', 'PARTLY', 'UNSATISFIED', 'NOT_REACHED'] as const;
export type FollowUp = (typeof FOLLOW_UPS)[number];

/** A ticket as it is kept: what was said, and by whom, is sealed. */
export type Ticket = {
  id: string;
  kind: TicketKind;
  state: TicketState | SlipState;
  /** The complaint or report at the top; its own id where it is one. */
  root: string;
  /** The student concerned, and the school of the registration when it came in. */
  student: string | null;
  school: string | null;
  /** The student again, where the family itself filed it and is to see it. */
  family: string | null;
  /** From where it came: the school that files, the unit that issues, or who received it first. */
  source: Party;
  /** Who handles it now. */
  target: Party;
  /** Place of a call centre that took it down for another unit; reads on. */
  toldPlace: number | null;
  province: string;
  origin: TicketOrigin;
  channel: TicketChannel;
  scope: ProblemScope;
  /** Codes of the schools and units that are complained of. */
  against: readonly string[];
  /** The case that it is about, and the party of it that is late. */
  case: CaseRef | null;
  lateUnit: string | null;
  filedBy: string;
  openedAt: string;
  /** `TicketWords`, sealed. */
  sealed: Uint8Array;
  acknowledgedAt: string | null;
  /** When a slip was answered. */
  answeredAt: string | null;
  /** The nearest day of its running clocks. */
  due: { on: string; at: string; provisional: boolean } | null;
  endedAt: string | null;
  /** What the administrative side of the unit is to do, since a slip was not answered in time (TKT-15). */
  task: 'SUPERVISION_SLIP' | null;
  /** The report in which the province has told the ministry of it. */
  report: string | null;
  /** The ticket in which it goes on, where it was about the same thing. */
  mergedInto: string | null;
  /** The issue that is its cause. */
  cause: string | null;
  /** Login of whoever works on it at the unit. */
  assignedTo: string | null;
  /** How the reporter took the end. */
  followUp: FollowUp | null;
  /** Lines of its history. */
  lines: number;
  version: number;
  events: number;
};

/** True while somebody has yet to do something about it. */
export const isOpen = ({ endedAt }: Pick<Ticket, 'endedAt'>): boolean => endedAt === null;

/** True for a complaint, an issue or a report, on which slips hang. */
export const isRoot = ({ kind }: Pick<Ticket, 'kind'>): boolean =>
  kind === 'COMPLAINT' || kind === 'ISSUE' || kind === 'REPORT';

/** What of a ticket begins empty, whoever makes it. */
export const FRESH = {
  case: null,
  lateUnit: null,
  acknowledgedAt: null,
  answeredAt: null,
  due: null,
  endedAt: null,
  task: null,
  report: null,
  mergedInto: null,
  cause: null,
  assignedTo: null,
  followUp: null,
  lines: 0,
  version: 0,
  events: 0,
} as const;

/** The state of a complaint or report in the course of the law. Throws Error for a slip, which has a course of its own. */
export const courseState = ({ kind, state }: Pick<Ticket, 'kind' | 'state'>): TicketState => {
  if (!isRoot({ kind }) || state === 'ISSUED' || state === 'ANSWERED' || state === 'WITHDRAWN')
    throw new Error('A slip has no part in the course of a complaint');
  return state;
};
