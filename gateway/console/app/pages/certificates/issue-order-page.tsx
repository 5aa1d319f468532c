import { useApolloClient } from '@apollo/client/react';
import { Breadcrumb, Empty, Flex, Form, Input, Progress, Tag } from 'antd';
import { useEffect } from 'react';
import { Link, useParams } from 'react-router';
import { FindingList } from '../../findings/finding-list.tsx';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { PageHead } from '../../layout/page-head.tsx';
import { Panel } from '../../layout/panel.tsx';
import { Values } from '../../layout/values.tsx';
import { CaseOrder } from '../../orders/case-order.tsx';
import { WordsField } from '../../orders/words-field.tsx';
import { useViewer } from '../../shell/viewer.tsx';
import { ContinueIssueDocument } from './generated/continue-issue.ts';
import { DecideIssueDocument } from './generated/decide-issue.ts';
import { IssueOrderPageDocument, type IssueOrderPageQuery } from './generated/issue-order.ts';
import { PauseIssueDocument } from './generated/pause-issue.ts';
import { shareDone } from './share-done.ts';
import { texts } from './texts.ts';

type Order = NonNullable<IssueOrderPageQuery['issueOrder']>;

const page = 'IssueOrderPage';
/** Milliseconds between two looks at an order that runs. */
const pause = 2_000;

const decisions = [
  ['APPROVE', 'approve', 'primary'],
  ['REFUSE', 'refuse', 'danger'],
] as const;

const Orders = ({ order: { id, version, allowedActions } }: { order: Order }) => {
  const t = useTexts(texts);
  const { name } = useViewer();
  const seen = { order: id, expectedVersion: version };
  return (
    <Flex gap="small" wrap>
      {decisions
        .filter(([decision]) => allowedActions.includes(decision))
        .map(([decision, text, kind]) => (
          <CaseOrder
            key={decision}
            document={DecideIssueDocument}
            text={t[text]}
            kind={kind}
            seen={{ ...seen, decision }}
            initial={{ responsible: name ?? '' }}
            page={page}
            answerOf={({ decideIssue: { order: object, findings } }) => ({ object, findings })}
          >
            <Form.Item
              name="responsible"
              label={t.responsible}
              rules={[{ required: true, whitespace: true }]}
            >
              <Input maxLength={60} />
            </Form.Item>
            <WordsField name="reason" label={t.reason} required={decision === 'REFUSE'} />
          </CaseOrder>
        ))}
      {allowedActions.includes('PAUSE') && (
        <CaseOrder
          document={PauseIssueDocument}
          text={t.pause}
          seen={seen}
          page={page}
          answerOf={({ pauseIssue: { order: object, findings } }) => ({ object, findings })}
        >
          {t.sure}
        </CaseOrder>
      )}
      {allowedActions.includes('CONTINUE') && (
        <CaseOrder
          document={ContinueIssueDocument}
          text={t.goOn}
          kind="primary"
          seen={seen}
          page={page}
          answerOf={({ continueIssue: { order: object, findings } }) => ({ object, findings })}
        >
          {t.sure}
        </CaseOrder>
      )}
    </Flex>
  );
};

const About = ({ order }: { order: Order }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const { state, issuer, batch, preparedAt, decidedAt, finishedAt, total, issued, skipped, failure } = order;
  return (
    <Flex vertical gap="middle">
      <Values
        items={[
          [t.state, <Tag key="state">{words('IssueOrderState', state)}</Tag>],
          [t.issuer, issuer],
          [t.batch, batch && <Link to={`/work/outcomes/${batch}`}>{t.batches}</Link>],
          [t.preparedAt, formats.instant(preparedAt)],
          ...(decidedAt ? ([[t.decidedAt, formats.instant(decidedAt)]] as const) : []),
          ...(finishedAt ? ([[t.finishedAt, formats.instant(finishedAt)]] as const) : []),
          [t.total, formats.number(total)],
          [t.issued, formats.number(issued)],
          [t.skipped, formats.number(skipped)],
          ...(failure ? ([[t.failure, failure]] as const) : []),
        ]}
      />
      <Progress
        aria-label={t.progress}
        percent={shareDone(order)}
        status={state === 'FAILED' ? 'exception' : state === 'RUNNING' ? 'active' : 'normal'}
      />
    </Flex>
  );
};

const Case = ({ order }: { order: Order }) => {
  const t = useTexts(texts);
  const client = useApolloClient();
  const isRunning = order.state === 'RUNNING';
  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setInterval(() => void client.refetchQueries({ include: [page] }), pause);
    return () => clearInterval(timer);
  }, [client, isRunning]);
  return (
    <div className="panels">
      <Panel title={t.about} extra={<Orders order={order} />}>
        <About order={order} />
      </Panel>
      {order.leftOut.length > 0 && (
        <Panel title={t.leftOut}>
          <Flex vertical gap="middle">
            {order.leftOut.map(({ student, findings }) => (
              <section key={student.id}>
                <Link to={`/students/${student.id}`}>{student.name ?? '***'}</Link>
                <FindingList findings={findings} />
              </section>
            ))}
          </Flex>
        </Panel>
      )}
    </div>
  );
};

/** An order to issue certificates: who decides, how far it came, who was left out and why. */
export default function IssueOrderPage() {
  const t = useTexts(texts);
  const { id = '' } = useParams();
  const above = [
    { title: <Link to="/work">{t.work}</Link> },
    { title: <Link to="/work/certificates">{t.title}</Link> },
    { title: t.order },
  ];
  return (
    <>
      <PageHead title={t.order} above={<Breadcrumb items={above} />} />
      <Answer
        document={IssueOrderPageDocument}
        variables={{ id }}
        select={({ issueOrder }) => issueOrder}
        empty={<Empty description={t.missingOrder} />}
      >
        {({ issueOrder }) => issueOrder && <Case order={issueOrder} />}
      </Answer>
    </>
  );
}
