import { Flex } from 'antd';
import type { ComponentType } from 'react';
import { Link } from 'react-router';
import { useTexts } from '../../language/language.tsx';
import * as complaints from './complaint-orders.tsx';
import * as links from './link-orders.tsx';
import * as reports from './report-orders.tsx';
import * as slips from './slip-orders.tsx';
import { texts } from './texts.ts';
import type { Ticket } from './ticket-case.ts';
import * as work from './work-orders.tsx';

type Action = Ticket['allowedActions'][number];

const orders: readonly (readonly [Action, ComponentType<{ seen: complaints.Seen; ticket: Ticket }>])[] = [
  ['ACKNOWLEDGE', complaints.Acknowledge],
  ['ACCEPT_REPORT', reports.AcceptReport],
  ['ANSWER_REPORT', reports.AnswerReport],
  ['SEAL_REPORT', reports.SealReport],
  ['HANDLE', complaints.Handle],
  ['CLOSE', complaints.Close],
  ['ISSUE_VERIFICATION', slips.IssueVerification],
  ['ISSUE_SUPERVISION', slips.IssueSupervision],
  ['ASSIGN', work.Assign],
  ['ATTACH', work.Attach],
  ['MERGE', work.Merge],
  ['LINK_CASE', links.LinkCase],
  ['LINK_ISSUE', links.LinkIssue],
  ['LINK_ISSUE', links.OpenIssue],
  ['ESCALATE', complaints.Escalate],
  ['EXTEND', complaints.Extend],
  ['NOTE', complaints.Note],
  ['FOLLOW_UP', work.HearReporter],
  ['REOPEN', complaints.Reopen],
  ['RETURN', slips.SendBack],
  ['WITHDRAW', slips.WithdrawSlip],
  ['WITHDRAW_REPORT', work.WithdrawReport],
];

/** What the viewer may do with a ticket now, as the graph says. */
export const TicketOrders = ({ ticket }: { ticket: Ticket }) => {
  const t = useTexts(texts);
  const { id, version, kind, allowedActions } = ticket;
  const seen = { ticket: id, expectedVersion: version };
  const Answer = kind === 'SUPERVISION' ? slips.AnswerSupervision : slips.AnswerVerification;
  return (
    <Flex gap="small" wrap align="center">
      {allowedActions.includes('ANSWER') && <Answer seen={seen} />}
      {orders
        .filter(([action]) => allowedActions.includes(action))
        .map(([action, Order]) => (
          <Order key={`${action} ${Order.name}`} seen={seen} ticket={ticket} />
        ))}
      {allowedActions.includes('DRAFT_REPORT') && (
        <Link to={`/work/report-slips/new?complaint=${id}`}>{t.draftReport}</Link>
      )}
    </Flex>
  );
};
