import { actsIn, type TicketAct, ticketAfter } from '#libs/law/ticket/course.ts';
import { isReportable } from '#libs/law/ticket/report-slip.ts';
import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import { type Action, isGranted } from '#libs/platform/permissions/table.ts';
import { courseState, isOpen, isRoot, type Ticket } from './ticket.ts';

/** What may be done with a ticket, for the buttons of a client. */
export type TicketAction =
  | 'ACKNOWLEDGE'
  | 'HANDLE'
  | 'CLOSE'
  | 'ISSUE_VERIFICATION'
  | 'ISSUE_SUPERVISION'
  | 'ANSWER'
  | 'RETURN'
  | 'WITHDRAW'
  | 'DRAFT_REPORT'
  | 'SEAL_REPORT'
  | 'ACCEPT_REPORT'
  | 'ANSWER_REPORT'
  | 'EXTEND'
  | 'ESCALATE';

const NEEDS: Readonly<Record<TicketAction, Action>> = {
  ACKNOWLEDGE: 'ticket.handle',
  HANDLE: 'ticket.handle',
  CLOSE: 'ticket.decide',
  ISSUE_VERIFICATION: 'ticket.issue',
  ISSUE_SUPERVISION: 'ticket.issue',
  ANSWER: 'ticket.answer',
  RETURN: 'ticket.decide',
  WITHDRAW: 'ticket.decide',
  DRAFT_REPORT: 'ticket.report',
  SEAL_REPORT: 'ticket.seal',
  ACCEPT_REPORT: 'ticket.accept',
  ANSWER_REPORT: 'ticket.accept',
  EXTEND: 'ticket.decide',
  ESCALATE: 'ticket.decide',
};

const OF_ACT: Readonly<Partial<Record<TicketAct, TicketAction>>> = {
  HANDLE_LOCALLY: 'HANDLE',
  ISSUE_VERIFICATION: 'ISSUE_VERIFICATION',
  ISSUE_SUPERVISION: 'ISSUE_SUPERVISION',
  CLOSE: 'CLOSE',
  SEAL_REPORT: 'SEAL_REPORT',
  ACCEPT_REPORT: 'ACCEPT_REPORT',
};

/** A slip of the other department is not offered: who works for no department may issue neither (TKT-07, TKT-08). */
const OF_DEPARTMENT: Readonly<Partial<Record<TicketAction, Actor['department']>>> = {
  ISSUE_VERIFICATION: 'TECHNICAL',
  ISSUE_SUPERVISION: 'ADMINISTRATIVE',
};

const onRoot = (ticket: Ticket, own: string): TicketAction[] => {
  if (ticket.target.code !== own) return [];
  const acts = actsIn(courseState(ticket)).flatMap((act) => OF_ACT[act] ?? []);
  if (ticket.kind !== 'COMPLAINT') return acts.map((act) => (act === 'CLOSE' ? 'ANSWER_REPORT' : act));
  const isReported =
    isReportable(ticket.scope) && ticketAfter(courseState(ticket), 'DRAFT_REPORT') !== undefined;
  return [
    ...(ticket.acknowledgedAt === null ? (['ACKNOWLEDGE'] as const) : []),
    ...acts,
    ...(isReported ? (['DRAFT_REPORT'] as const) : []),
    'EXTEND',
    'ESCALATE',
  ];
};

const onSlip = ({ state, source, target }: Ticket, own: string): TicketAction[] => {
  if (state === 'ISSUED' && target.code === own) return ['ANSWER'];
  if (source.code !== own) return [];
  return state === 'ISSUED' ? ['WITHDRAW', 'EXTEND'] : state === 'ANSWERED' ? ['RETURN'] : [];
};

/** What somebody may do with a ticket as it stands. */
export const actionsOn = (ticket: Ticket, actor: Actor | null): TicketAction[] => {
  if (actor === null || !isOpen(ticket)) return [];
  const own = unitOf(actor);
  const acts = isRoot(ticket) ? onRoot(ticket, own) : onSlip(ticket, own);
  return acts.filter((act) => {
    const department = OF_DEPARTMENT[act];
    return isGranted(actor, NEEDS[act]) && (department === undefined || department === actor.department);
  });
};
