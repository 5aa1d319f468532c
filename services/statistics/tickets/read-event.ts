import { type Envelope, type EventKind, readEvent } from '#libs/contracts/envelope.ts';
import {
  ComplaintHandled,
  ComplaintReceived,
  IssueOpened,
  ReportSlipAccepted,
  ReportSlipAnswered,
  ReportSlipSubmitted,
  SlipWithdrawn,
  SupervisionSlipAnswered,
  SupervisionSlipIssued,
  TicketClosed,
  TicketDueMoved,
  TicketEscalated,
  TicketMerged,
  TicketOverdue,
  TicketReopened,
  TicketReturned,
  VerificationSlipAnswered,
  VerificationSlipIssued,
} from '#libs/contracts/events/ticket.ts';
import type { TicketKind } from '#libs/contracts/vocabulary.ts';
import type { AnswerClock, TicketEvent } from './course.ts';

type Reader = (event: Envelope) => TicketEvent;

type Facts = { ticket: string; kind: TicketKind; unit: string; place: number };
type Day = { dueOn?: string | null; provisional?: boolean };

const beginning = (
  event: Envelope,
  { ticket, kind, unit, place, dueOn = null, provisional = false }: Facts & Day,
  clock: AnswerClock,
  isNew: boolean,
): TicketEvent => ({
  ...{ does: 'BEGINS', ticket, at: event.time, isNew },
  due: { ticket, kind, unit, place, clock, dueOn, provisional, missedOn: null },
});

const begins =
  (
    kind:
      | typeof ComplaintReceived
      | typeof VerificationSlipIssued
      | typeof SupervisionSlipIssued
      | typeof ReportSlipSubmitted
      | typeof TicketReturned
      | typeof TicketReopened
      | typeof IssueOpened,
    clock: AnswerClock,
    isNew = true,
  ): Reader =>
  (event) =>
    beginning(event, readEvent(kind, event), clock, isNew);

const answered =
  (
    kind:
      | typeof ComplaintHandled
      | typeof VerificationSlipAnswered
      | typeof SupervisionSlipAnswered
      | typeof ReportSlipAccepted
      | typeof ReportSlipAnswered
      | typeof TicketClosed,
    { goesOn = false, next = null }: { goesOn?: boolean; next?: AnswerClock | null } = {},
  ): Reader =>
  (event) => {
    const { ticket } = readEvent(kind, event);
    return { does: 'IS_ANSWERED', ticket, at: event.time, goesOn, next };
  };

const lapses =
  (kind: typeof SlipWithdrawn | typeof TicketMerged): Reader =>
  (event) => ({ does: 'LAPSES', ticket: readEvent(kind, event).ticket, at: event.time });

const missed: Reader = (event) => {
  const { ticket, clock, dueOn } = readEvent(TicketOverdue, event);
  return { does: 'IS_MISSED', ticket, at: event.time, clock, dueOn };
};

const wentUp: Reader = (event) => {
  const { ticket, unit, place } = readEvent(TicketEscalated, event);
  return { does: 'GOES_UP', ticket, at: event.time, unit, place };
};

const moved: Reader = (event) => {
  const { ticket, clock, dueOn, provisional } = readEvent(TicketDueMoved, event);
  return { does: 'IS_MOVED', ticket, at: event.time, clock, dueOn, provisional };
};

const readers: readonly (readonly [EventKind, Reader])[] = [
  [ComplaintReceived, begins(ComplaintReceived, 'HANDLE')],
  [IssueOpened, begins(IssueOpened, 'HANDLE')],
  [VerificationSlipIssued, begins(VerificationSlipIssued, 'SLIP')],
  [SupervisionSlipIssued, begins(SupervisionSlipIssued, 'SLIP')],
  [ReportSlipSubmitted, begins(ReportSlipSubmitted, 'MINISTRY_ACCEPTS')],
  [TicketReturned, begins(TicketReturned, 'SLIP', false)],
  [TicketReopened, begins(TicketReopened, 'HANDLE', false)],
  [ComplaintHandled, answered(ComplaintHandled, { goesOn: true })],
  [VerificationSlipAnswered, answered(VerificationSlipAnswered)],
  [SupervisionSlipAnswered, answered(SupervisionSlipAnswered)],
  [ReportSlipAccepted, answered(ReportSlipAccepted, { goesOn: true, next: 'HANDLE' })],
  [ReportSlipAnswered, answered(ReportSlipAnswered)],
  [TicketClosed, answered(TicketClosed)],
  [SlipWithdrawn, lapses(SlipWithdrawn)],
  [TicketMerged, lapses(TicketMerged)],
  [TicketOverdue, missed],
  [TicketEscalated, wentUp],
  [TicketDueMoved, moved],
];

const byType = new Map(readers.map(([kind, read]) => [kind.type, read]));

/** The types of events that the counts of tickets learn from. */
export const TICKET_TYPES: readonly string[] = [...byType.keys()];

/** Reads an event of a ticket; `undefined` for kinds that change no count. Throws a ZodError for a broken one. */
export const readTicketEvent = (event: Envelope): TicketEvent | undefined => byType.get(event.type)?.(event);
