import { Flex } from 'antd';
import type { ComponentType } from 'react';
import * as complaints from './complaint-orders.tsx';
import type { TicketPageQuery } from './generated/ticket.ts';
import * as reports from './report-orders.tsx';
import * as slips from './slip-orders.tsx';
import * as work from './work-orders.tsx';

type Ticket = NonNullable<TicketPageQuery['ticket']>;
type Action = Ticket['allowedActions'][number];

const orders: readonly (readonly [Action, ComponentType<{ seen: complaints.Seen }>])[] = [
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
export const TicketOrders = ({ ticket: { id, version, kind, allowedActions } }: { ticket: Ticket }) => {
  const seen = { ticket: id, expectedVersion: version };
  const Answer = kind === 'SUPERVISION' ? slips.AnswerSupervision : slips.AnswerVerification;
  return (
    <Flex gap="small" wrap>
      {allowedActions.includes('ANSWER') && <Answer seen={seen} />}
      {orders
        .filter(([action]) => allowedActions.includes(action))
        .map(([action, Order]) => (
          <Order key={action} seen={seen} />
        ))}
    </Flex>
  );
};
