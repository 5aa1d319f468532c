import { Breadcrumb, Empty, Flex, Table, type TableColumnsType, Tag } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { Clock } from '../../clocks/clock.tsx';
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
import { DecideOutcomesDocument } from './generated/decide-outcomes.ts';
import { HandleOutcomesDocument } from './generated/handle-outcomes.ts';
import { OutcomeBatchPageDocument, type OutcomeBatchPageQuery } from './generated/outcome-batch.ts';
import { TakeBackOutcomesDocument } from './generated/take-back-outcomes.ts';
import { PrepareIssue } from './prepare-issue.tsx';
import { texts } from './texts.ts';

type Batch = NonNullable<OutcomeBatchPageQuery['outcomeBatch']>;
type Row = Batch['outcomes'][number];

const page = 'OutcomeBatchPage';

const decisions = [
  ['APPROVE', 'approve', 'primary'],
  ['RETURN', 'back', 'danger'],
] as const;

const Orders = ({ batch: { id, version, state, allowedActions } }: { batch: Batch }) => {
  const t = useTexts(texts);
  const viewer = useViewer();
  const seen = { batch: id, expectedVersion: version };
  return (
    <Flex gap="small" wrap>
      {allowedActions.includes('HANDLE') && (
        <CaseOrder
          document={HandleOutcomesDocument}
          text={t.handle}
          kind="primary"
          seen={seen}
          page={page}
          answerOf={({ handleOutcomes: { batch: object, findings } }) => ({ object, findings })}
        >
          <WordsField name="opinion" label={t.opinion} />
        </CaseOrder>
      )}
      {decisions
        .filter(([decision]) => allowedActions.includes(decision))
        .map(([decision, text, kind]) => (
          <CaseOrder
            key={decision}
            document={DecideOutcomesDocument}
            text={t[text]}
            kind={kind}
            seen={{ ...seen, decision }}
            page={page}
            answerOf={({ decideOutcomes: { batch: object, findings } }) => ({ object, findings })}
          >
            <WordsField name="reason" label={t.reason} required={decision === 'RETURN'} />
          </CaseOrder>
        ))}
      {state === 'REVIEWED' && viewer.allowedActions.includes('certificate.issue') && (
        <PrepareIssue text={t.prepare} batch={id} />
      )}
    </Flex>
  );
};

const About = ({ batch }: { batch: Batch }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const { school, state, uploadedAt, dueOn, overdue, opinion, decidedAt, reason, size, held } = batch;
  return (
    <Values
      items={[
        [t.school, school.name],
        [t.state, <Tag key="state">{words('OutcomeBatchState', state)}</Tag>],
        [t.uploadedAt, formats.instant(uploadedAt)],
        [
          t.due,
          state === 'UPLOADED' ? <Clock key="due" due={dueOn} overdue={overdue} /> : formats.day(dueOn),
        ],
        [t.size, formats.number(size)],
        [t.held, formats.number(held)],
        ...(opinion ? ([[t.opinion, opinion]] as const) : []),
        ...(decidedAt ? ([[t.decidedAt, formats.instant(decidedAt)]] as const) : []),
        ...(reason ? ([[t.reason, reason]] as const) : []),
      ]}
    />
  );
};

const Students = ({ batch: { id, version, outcomes, allowedActions } }: { batch: Batch }) => {
  const t = useTexts(texts);
  const words = useWords();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const takesBack = allowedActions.includes('TAKE_BACK');
  const columns: TableColumnsType<Row> = [
    {
      key: 'student',
      title: t.student,
      render: (_, { student }) => <Link to={`/students/${student.id}`}>{student.name ?? '***'}</Link>,
    },
    { key: 'outcome', title: t.outcome, render: (_, { outcome }) => words('StudyOutcome', outcome) },
    {
      key: 'state',
      title: t.state,
      render: (_, { state, takenBackReason }) => (
        <>
          <Tag>{words('OutcomeState', state)}</Tag> {takenBackReason}
        </>
      ),
    },
  ];
  return (
    <Flex vertical gap="middle">
      {takesBack && chosen.length > 0 && (
        <Flex gap="small" wrap align="center">
          <span role="status">
            {t.chosen} {chosen.length}
          </span>
          <CaseOrder
            document={TakeBackOutcomesDocument}
            text={t.takeBack}
            kind="danger"
            seen={{ batch: id, expectedVersion: version, students: [...chosen] }}
            page={page}
            answerOf={({ takeBackOutcomes: { batch: object, findings } }) => ({ object, findings })}
          >
            <WordsField name="reason" label={t.reason} required />
          </CaseOrder>
        </Flex>
      )}
      <Table
        size="small"
        columns={columns}
        dataSource={[...outcomes]}
        rowKey={({ student }) => student.id}
        {...(takesBack && {
          rowSelection: {
            selectedRowKeys: [...chosen],
            onChange: (keys) => setChosen(keys.map(String)),
          },
        })}
        expandable={{
          rowExpandable: ({ findings }) => findings.length > 0,
          expandedRowRender: ({ findings }) => <FindingList findings={findings} />,
        }}
        pagination={outcomes.length > 50 && { pageSize: 50, showSizeChanger: false }}
        scroll={{ x: 'max-content' }}
      />
    </Flex>
  );
};

/** A batch of outcomes of study that a school handed in: its authority looks at it and decides. */
export default function OutcomeBatchPage() {
  const t = useTexts(texts);
  const { id = '' } = useParams();
  const above = [
    { title: <Link to="/work">{t.work}</Link> },
    { title: <Link to="/work/certificates">{t.title}</Link> },
    { title: t.batches },
  ];
  return (
    <>
      <PageHead title={t.batches} above={<Breadcrumb items={above} />} />
      <Answer
        document={OutcomeBatchPageDocument}
        variables={{ id }}
        select={({ outcomeBatch }) => outcomeBatch}
        empty={<Empty description={t.missingBatch} />}
      >
        {({ outcomeBatch: batch }) =>
          batch && (
            <div className="panels">
              <Panel title={t.about} extra={<Orders batch={batch} />}>
                <About batch={batch} />
              </Panel>
              <Panel title={t.student}>
                <Students batch={batch} />
              </Panel>
            </div>
          )
        }
      </Answer>
    </>
  );
}
