import { useQuery } from '@apollo/client/react';
import { Empty, Form, Input, Select } from 'antd';
import { ProblemList } from '../../graph/problem-list.tsx';
import { problemsOf } from '../../graph/problems.ts';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { CaseOrder } from '../../orders/case-order.tsx';
import { ChoiceField } from '../../orders/choice-field.tsx';
import { WordsField } from '../../orders/words-field.tsx';
import { uploadsOf } from '../../uploads/papers.ts';
import { PapersField } from '../../uploads/papers-field.tsx';
import { page, type Seen } from './complaint-orders.tsx';
import { AssignTicketDocument } from './generated/assign.ts';
import { AttachToTicketDocument } from './generated/attach.ts';
import { FollowUpTicketDocument } from './generated/follow-up.ts';
import { MergeTicketsDocument } from './generated/merge.ts';
import { MergeTargetsDocument } from './generated/merge-targets.ts';
import { WithdrawReportDocument } from './generated/withdraw-report.ts';
import { texts } from './texts.ts';

export const Assign = ({ seen }: { seen: Seen }) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={AssignTicketDocument}
      text={t.assign}
      seen={seen}
      page={page}
      answerOf={({ assignTicket: { ticket, findings } }) => ({ object: ticket, findings })}
    >
      <Form.Item name="to" label={t.assignTo}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
    </CaseOrder>
  );
};

export const Attach = ({ seen }: { seen: Seen }) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={AttachToTicketDocument}
      text={t.attach}
      seen={seen}
      page={page}
      papers={{ item: 'uploads', as: uploadsOf }}
      answerOf={({ attachToTicket: { ticket, findings } }) => ({ object: ticket, findings })}
    >
      <Form.Item name="uploads" label={t.papers} rules={[{ required: true }]}>
        <PapersField />
      </Form.Item>
    </CaseOrder>
  );
};

/** Complaints of the own unit, into which another about the same thing goes. */
const MergeTarget = ({ own }: { own: string }) => {
  const t = useTexts(texts);
  const formats = useFormats();
  const { data, error, loading } = useQuery(MergeTargetsDocument, { errorPolicy: 'all' });
  const others = (data?.tickets?.edges ?? []).filter(({ node }) => node.id !== own);
  if (error) return <ProblemList problems={problemsOf(error)} />;
  if (!loading && others.length === 0) return <Empty description={t.nothingToMergeInto} />;
  return (
    <Form.Item name="into" label={t.into} rules={[{ required: true }]}>
      <Select
        loading={loading}
        options={others.map(({ node: { id, openedAt, student } }) => ({
          value: id,
          label: [formats.instant(openedAt), student?.name].filter(Boolean).join(' · '),
        }))}
      />
    </Form.Item>
  );
};

export const Merge = ({ seen }: { seen: Seen }) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={MergeTicketsDocument}
      text={t.merge}
      seen={seen}
      page={page}
      answerOf={({ mergeTickets: { ticket, findings } }) => ({ object: ticket, findings })}
    >
      <MergeTarget own={seen.ticket} />
    </CaseOrder>
  );
};

export const HearReporter = ({ seen }: { seen: Seen }) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={FollowUpTicketDocument}
      text={t.followUp}
      seen={seen}
      page={page}
      answerOf={({ followUpTicket: { ticket, findings } }) => ({ object: ticket, findings })}
    >
      <ChoiceField name="outcome" label={t.followUpOutcome} of="FollowUp" required />
      <WordsField name="words" label={t.words} />
    </CaseOrder>
  );
};

export const WithdrawReport = ({ seen }: { seen: Seen }) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={WithdrawReportDocument}
      text={t.withdrawReport}
      kind="danger"
      seen={seen}
      page={page}
      answerOf={({ withdrawReportSlip: { ticket, findings } }) => ({ object: ticket, findings })}
    >
      <WordsField name="reason" label={t.reason} required />
    </CaseOrder>
  );
};
