import { useQuery } from '@apollo/client/react';
import { Empty, Form, Input, Select } from 'antd';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { CaseOrder } from '../../orders/case-order.tsx';
import { WordsField } from '../../orders/words-field.tsx';
import { page, type Seen } from './complaint-orders.tsx';
import { LinkToCaseDocument } from './generated/link-to-case.ts';
import { LinkToIssueDocument } from './generated/link-to-issue.ts';
import { MergeTargetsDocument } from './generated/merge-targets.ts';
import { OpenSystemicIssueDocument } from './generated/open-issue.ts';
import { OwnIssuesDocument } from './generated/own-issues.ts';
import { StudentCasesDocument } from './generated/student-cases.ts';
import { texts } from './texts.ts';
import { caseOfValue, casesOf, type NamedCase, namedCase, type Ticket, valueOfCase } from './ticket-case.ts';

type Props = { seen: Seen; ticket: Ticket };

/** The pupil's cases, one of which the ticket is about; none is an answer too. */
const CaseField = ({ student }: { student: string }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  return (
    <Answer
      document={StudentCasesDocument}
      variables={{ student }}
      select={casesOf}
      empty={<Empty description={t.noCases} />}
    >
      {(data) => (
        <Form.Item
          name="case"
          label={t.case}
          getValueFromEvent={caseOfValue}
          getValueProps={(value: NamedCase | null) => ({ value: value ? valueOfCase(value) : undefined })}
        >
          <Select
            allowClear
            options={casesOf(data).map(({ named, word: [kind, code], since }) => ({
              value: valueOfCase(named),
              label: [words('TicketCaseKind', named.kind), words(kind, code), since && formats.instant(since)]
                .filter(Boolean)
                .join(' · '),
            }))}
          />
        </Form.Item>
      )}
    </Answer>
  );
};

/** Whoever handles a ticket says which case it is about, and who of its parties is late (TKT-01). */
export const LinkCase = ({ seen, ticket }: Props) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={LinkToCaseDocument}
      text={t.linkCase}
      seen={seen}
      initial={{ case: ticket.case && namedCase(ticket.case), lateUnit: ticket.lateUnit }}
      page={page}
      answerOf={({ linkToCase: { ticket: object, findings } }) => ({ object, findings })}
    >
      {ticket.student ? <CaseField student={ticket.student.id} /> : <Empty description={t.noStudent} />}
      <Form.Item name="lateUnit" label={t.lateUnitChoice}>
        <Input inputMode="numeric" maxLength={10} />
      </Form.Item>
    </CaseOrder>
  );
};

const IssueField = () => {
  const t = useTexts(texts);
  const formats = useFormats();
  return (
    <Answer
      document={OwnIssuesDocument}
      variables={{}}
      select={({ tickets }) => tickets?.edges}
      empty={<Empty description={t.noIssues} />}
    >
      {({ tickets }) => (
        <Form.Item name="issue" label={t.issueChoice}>
          <Select
            allowClear
            options={(tickets?.edges ?? []).map(({ node }) => ({
              value: node.id,
              label: [formats.instant(node.openedAt), node.__typename === 'SystemicIssue' && node.issueMatter]
                .filter(Boolean)
                .join(' · '),
            }))}
          />
        </Form.Item>
      )}
    </Answer>
  );
};

/** A complaint is put under an issue of the own unit, or taken from it. */
export const LinkIssue = ({ seen, ticket }: Props) => {
  const t = useTexts(texts);
  const issue = ticket.__typename === 'Complaint' ? ticket.issue : null;
  return (
    <CaseOrder
      document={LinkToIssueDocument}
      text={t.linkIssue}
      seen={seen}
      initial={{ issue: issue?.id ?? null }}
      page={page}
      answerOf={({ linkToIssue: { ticket: object, findings } }) => ({ object, findings })}
    >
      <IssueField />
    </CaseOrder>
  );
};

const OthersField = ({ own }: { own: string }) => {
  const t = useTexts(texts);
  const formats = useFormats();
  const { data } = useQuery(MergeTargetsDocument, { errorPolicy: 'all' });
  const complaints = data?.tickets?.edges ?? [];
  return (
    <Form.Item name="tickets" label={t.sameCause} rules={[{ required: true }]}>
      <Select
        mode="multiple"
        options={complaints.map(({ node: { id, openedAt, student } }) => ({
          value: id,
          label: [id === own && t.thisOne, formats.instant(openedAt), student?.name]
            .filter(Boolean)
            .join(' · '),
        }))}
      />
    </Form.Item>
  );
};

/** Several complaints of one cause go under a new issue, which is handled as a complaint is. */
export const OpenIssue = ({ ticket: { id } }: Props) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={OpenSystemicIssueDocument}
      text={t.openIssue}
      seen={{}}
      initial={{ tickets: [id] }}
      page={page}
      answerOf={({ openSystemicIssue: { ticket: object, findings } }) => ({ object, findings })}
    >
      <WordsField name="matter" label={t.cause} required />
      <OthersField own={id} />
    </CaseOrder>
  );
};
