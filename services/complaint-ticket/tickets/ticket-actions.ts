import { actsIn, isWithMinistry, type TicketAct, ticketAfter } from '#libs/law/ticket/course.ts';
import { isReportable } from '#libs/law/ticket/report-slip.ts';
import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import { type Action, isGranted } from '#libs/platform/permissions/table.ts';
import type { Clock } from '../clocks/clock.ts';
import { mayWithdraw } from '../slips/return-slip.ts';
import { isFiler, takesPart } from '../standing/parties.ts';
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
  | 'WITHDRAW_REPORT'
  | 'ACCEPT_REPORT'
  | 'ANSWER_REPORT'
  | 'ASSIGN'
  | 'NOTE'
  | 'ATTACH'
  | 'MERGE'
  | 'REOPEN'
  | 'FOLLOW_UP'
  | 'EXTEND'
  | 'ESCALATE'
  | 'LINK_CASE'
  | 'LINK_ISSUE';

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
  WITHDRAW_REPORT: 'ticket.report',
  ACCEPT_REPORT: 'ticket.accept',
  ANSWER_REPORT: 'ticket.accept',
  ASSIGN: 'ticket.assign',
  NOTE: 'ticket.read',
  ATTACH: 'ticket.attach',
  MERGE: 'ticket.decide',
  REOPEN: 'ticket.decide',
  FOLLOW_UP: 'ticket.handle',
  EXTEND: 'ticket.decide',
  ESCALATE: 'ticket.decide',
  LINK_CASE: 'ticket.handle',
  LINK_ISSUE: 'ticket.handle',
};

const OF_ACT: Readonly<Partial<Record<TicketAct, TicketAction>>> = {
  HANDLE_LOCALLY: 'HANDLE',
  ISSUE_VERIFICATION: 'ISSUE_VERIFICATION',
  ISSUE_SUPERVISION: 'ISSUE_SUPERVISION',
  CLOSE: 'CLOSE',
  MERGE: 'MERGE',
  SEAL_REPORT: 'SEAL_REPORT',
  WITHDRAW_REPORT: 'WITHDRAW_REPORT',
  ACCEPT_REPORT: 'ACCEPT_REPORT',
};

/** What is done with a report, and not with the complaints that go along with it. */
const OF_REPORT: ReadonlySet<TicketAction> = new Set(['SEAL_REPORT', 'WITHDRAW_REPORT', 'ACCEPT_REPORT']);

/** A slip of the other department is not offered: who works for no department may issue neither (TKT-07, TKT-08). */
const OF_DEPARTMENT: Readonly<Partial<Record<TicketAction, Actor['department']>>> = {
  ISSUE_VERIFICATION: 'TECHNICAL',
  ISSUE_SUPERVISION: 'ADMINISTRATIVE',
};

/** What is done with a complaint, and not with an issue or a report. */
const OF_COMPLAINT: ReadonlySet<TicketAction> = new Set(['HANDLE', 'MERGE']);

/** What a ticket stands with: what it hangs on, as far as the caller sees it, and its clocks. */
export type Around = { root: Ticket | null; clocks: readonly Clock[] };

/** More time is given once for handling, and again for a slip. */
const extending = (ticket: Ticket, { clocks }: Around): TicketAction[] => {
  const kind = isRoot(ticket) ? 'HANDLE' : 'SLIP';
  const running = clocks.find(({ clock, state }) => clock === kind && state === 'RUNNING');
  return running === undefined || (kind === 'HANDLE' && running.byHand) ? [] : ['EXTEND'];
};

/** Whoever handles a ticket says which case it is about, and which complaints have one cause. */
const linking = ({ kind }: Ticket): TicketAction[] =>
  kind === 'COMPLAINT' ? ['LINK_CASE', 'LINK_ISSUE'] : ['LINK_CASE'];

const onRoot = (ticket: Ticket, own: string, around: Around): TicketAction[] => {
  if (ticket.target.code !== own) return [];
  return [...onOwnRoot(ticket, around), ...linking(ticket)];
};

const onOwnRoot = (ticket: Ticket, around: Around): TicketAction[] => {
  const acts = actsIn(courseState(ticket)).flatMap((act) => OF_ACT[act] ?? []);
  const shared = acts.filter((act) => !OF_COMPLAINT.has(act));
  if (ticket.kind === 'ISSUE') return [...shared, ...extending(ticket, around)];
  if (ticket.kind !== 'COMPLAINT')
    return [
      ...shared.map((act) => (act === 'CLOSE' ? ('ANSWER_REPORT' as const) : act)),
      ...extending(ticket, around),
    ];
  const isReported =
    isReportable(ticket.scope) && ticketAfter(courseState(ticket), 'DRAFT_REPORT') !== undefined;
  return [
    ...(ticket.acknowledgedAt === null ? (['ACKNOWLEDGE'] as const) : []),
    ...acts.filter((act) => !OF_REPORT.has(act)),
    ...(isReported ? (['DRAFT_REPORT'] as const) : []),
    ...extending(ticket, around),
    ...(isWithMinistry(ticket.state) ? [] : (['ESCALATE'] as const)),
  ];
};

const onSlip = (slip: Ticket, own: string, around: Around): TicketAction[] => {
  const { state, source, target } = slip;
  const isIssuer = source.code === own;
  if (state === 'ANSWERED') return isIssuer ? ['RETURN'] : [];
  if (state !== 'ISSUED') return [];
  return [
    ...(target.code === own ? (['ANSWER'] as const) : []),
    ...(mayWithdraw(slip, around.root, own) ? (['WITHDRAW'] as const) : []),
    ...(isIssuer ? extending(slip, around) : []),
  ];
};

/** What may be done with what is over: it is taken up again, or its reporter is asked. */
const onEnded = (ticket: Ticket, own: string): TicketAction[] => {
  if (ticket.target.code !== own || (ticket.kind !== 'COMPLAINT' && ticket.kind !== 'ISSUE')) return [];
  const isReported = ticket.kind === 'COMPLAINT' && ticket.origin !== 'SYSTEM';
  return isReported ? ['REOPEN', 'FOLLOW_UP'] : ['REOPEN'];
};

/** What a family may do with what it has filed. */
const onOwn = (ticket: Ticket): TicketAction[] => (isOpen(ticket) ? ['NOTE'] : ['FOLLOW_UP']);

/** What somebody may do with a ticket as it stands. */
export const actionsOn = (ticket: Ticket, actor: Actor | null, around: Around): TicketAction[] => {
  if (actor === null) return [];
  if (actor.level === 'NONE') return ticket.filedBy === actor.subject ? onOwn(ticket) : [];
  const own = unitOf(actor);
  const isPart = takesPart(ticket, actor);
  const beside: TicketAction[] = [
    ...(own === ticket.target.code ? (['ASSIGN'] as const) : []),
    ...(isPart || isFiler(ticket, actor) ? (['NOTE'] as const) : []),
    ...(isPart ? (['ATTACH'] as const) : []),
  ];
  const acts = !isOpen(ticket)
    ? onEnded(ticket, own)
    : [...(isRoot(ticket) ? onRoot(ticket, own, around) : onSlip(ticket, own, around)), ...beside];
  return acts.filter((act) => {
    const department = OF_DEPARTMENT[act];
    return isGranted(actor, NEEDS[act]) && (department === undefined || department === actor.department);
  });
};
