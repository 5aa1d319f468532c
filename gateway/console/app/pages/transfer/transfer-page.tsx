import { useApolloClient } from '@apollo/client/react';
import { Breadcrumb, Empty, Flex, Tag } from 'antd';
import { Link, useParams } from 'react-router';
import { Clock } from '../../clocks/clock.tsx';
import { StepLine } from '../../clocks/step-line.tsx';
import { FindingList } from '../../findings/finding-list.tsx';
import { Answer } from '../../graph/answer.tsx';
import { useFollowed } from '../../graph/use-stream.ts';
import { useFormats } from '../../language/formats.ts';
import { useGrades } from '../../language/grades.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { PageHead } from '../../layout/page-head.tsx';
import { Panel } from '../../layout/panel.tsx';
import { Values } from '../../layout/values.tsx';
import { TransferCasePageDocument, type TransferCasePageQuery } from './generated/transfer-case.ts';
import { TransferCaseFollowedDocument } from './generated/transfer-followed.ts';
import { texts } from './texts.ts';
import { TransferOrders } from './transfer-orders.tsx';

type Transfer = NonNullable<TransferCasePageQuery['transferCase']>;

const ended: readonly string[] = [
  ...['HANDED_OVER', 'REJECTED', 'WITHDRAWN'],
  ...['PURGED', 'AUTO_CANCELLED', 'DISCARDED'],
];

const About = ({ transfer }: { transfer: Transfer }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const gradeName = useGrades();
  const { kind, state, student, source, target, stage, grade, ground, appliedOn, purgeOn, callUp } = transfer;
  const calledUpBy = callUp?.calledUpAt ? null : callUp?.deadline;
  return (
    <Values
      items={[
        [t.kind, words('TransferKind', kind)],
        [t.state, <Tag key="state">{words('TransferState', state)}</Tag>],
        [t.student, student && <Link to={`/students/${student.id}`}>{student.name ?? '***'}</Link>],
        [t.from, source.name],
        [t.to, target.name],
        [t.grade, `${words('Stage', stage)} ${gradeName(grade)}`],
        [t.ground, words('TransferGround', ground)],
        [t.appliedOn, formats.day(appliedOn)],
        ...(purgeOn ? ([[t.purgeOn, formats.day(purgeOn)]] as const) : []),
        ...(calledUpBy
          ? ([
              [
                t.callUp,
                <Clock
                  key="clock"
                  due={calledUpBy.on}
                  provisional={calledUpBy.provisional}
                  overdue={false}
                />,
              ],
            ] as const)
          : []),
      ]}
    />
  );
};

const Course = ({ transfer: { steps, state } }: { transfer: Transfer }) => {
  const words = useWords();
  return (
    <StepLine
      isOver={ended.includes(state)}
      steps={steps.map((step) => ({
        ...step,
        title: words('TransferParty', step.party),
        told: (
          <>
            <div>{step.progress}</div>
            {step.reasons.length > 0 && (
              <div>{step.reasons.map((each) => words('TransferRejectionReason', each)).join('；')}</div>
            )}
          </>
        ),
      }))}
    />
  );
};

const Standing = ({ blockers }: Pick<Transfer, 'blockers'>) => {
  const t = useTexts(texts);
  const words = useWords();
  return (
    <Flex vertical gap="small">
      {blockers.map(({ finding, side, removedBy }) => (
        <div key={`${finding.ruleId} ${finding.message}`}>
          <FindingList findings={[finding]} />
          <span className="quiet">
            {side && `${t.ruleOf}：${words('TransferSide', side)} `}
            {removedBy && `${t.removedBy}：${words('TransferRemover', removedBy)}`}
          </span>
        </div>
      ))}
    </Flex>
  );
};

const Case = ({ transfer }: { transfer: Transfer }) => {
  const t = useTexts(texts);
  const client = useApolloClient();
  useFollowed(TransferCaseFollowedDocument, { id: transfer.id }, ended.includes(transfer.state));
  const reload = (): void => void client.refetchQueries({ include: ['TransferCasePage'] });
  return (
    <div className="panels">
      <Panel title={t.about} extra={<TransferOrders transfer={transfer} reload={reload} />}>
        <About transfer={transfer} />
      </Panel>
      {transfer.blockers.length > 0 && (
        <Panel title={t.standing}>
          <Standing blockers={transfer.blockers} />
        </Panel>
      )}
      <Panel title={t.course}>
        <Course transfer={transfer} />
      </Panel>
      {transfer.findings.length > 0 && (
        <Panel title={t.recorded}>
          <FindingList findings={transfer.findings} />
        </Panel>
      )}
    </div>
  );
};

/** A transfer: whose turn it is until when, what stands against it, and what the viewer may do; followed live. */
export default function TransferPage() {
  const t = useTexts(texts);
  const { id = '' } = useParams();
  return (
    <>
      <PageHead
        title={t.title}
        above={<Breadcrumb items={[{ title: <Link to="/work">{t.work}</Link> }, { title: t.title }]} />}
      />
      <Answer
        document={TransferCasePageDocument}
        variables={{ id }}
        select={({ transferCase }) => transferCase}
        empty={<Empty description={t.missing} />}
      >
        {({ transferCase }) => transferCase && <Case transfer={transferCase} />}
      </Answer>
    </>
  );
}
