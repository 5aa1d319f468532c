import { Breadcrumb, Empty, Flex, Table, type TableColumnsType, Tag } from 'antd';
import { Link } from 'react-router';
import { Clock } from '../../clocks/clock.tsx';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { PageHead } from '../../layout/page-head.tsx';
import { Panel } from '../../layout/panel.tsx';
import { useViewer } from '../../shell/viewer.tsx';
import { CertificateWorkDocument, type CertificateWorkQuery } from './generated/certificate-work.ts';
import { PrepareIssue } from './prepare-issue.tsx';
import { texts } from './texts.ts';

type Order = NonNullable<CertificateWorkQuery['issueOrders']>['edges'][number]['node'];
type Batch = NonNullable<CertificateWorkQuery['outcomeBatches']>['edges'][number]['node'];

const Orders = ({ orders }: { orders: readonly Order[] }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  if (orders.length === 0) return <Empty description={t.noOrders} />;
  const columns: TableColumnsType<Order> = [
    {
      key: 'prepared',
      title: t.preparedAt,
      render: (_, { id, preparedAt }) => <Link to={`/work/issues/${id}`}>{formats.instant(preparedAt)}</Link>,
    },
    { key: 'state', title: t.state, render: (_, { state }) => <Tag>{words('IssueOrderState', state)}</Tag> },
    { key: 'total', title: t.total, render: (_, { total }) => formats.number(total) },
    { key: 'issued', title: t.issued, render: (_, { issued }) => formats.number(issued) },
    { key: 'skipped', title: t.skipped, render: (_, { skipped }) => formats.number(skipped) },
  ];
  return (
    <Table
      size="small"
      columns={columns}
      dataSource={[...orders]}
      rowKey={({ id }) => id}
      pagination={false}
      scroll={{ x: 'max-content' }}
    />
  );
};

const Batches = ({ batches }: { batches: readonly Batch[] }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  if (batches.length === 0) return <Empty description={t.noBatches} />;
  const columns: TableColumnsType<Batch> = [
    {
      key: 'uploaded',
      title: t.uploadedAt,
      render: (_, { id, uploadedAt }) => (
        <Link to={`/work/outcomes/${id}`}>{formats.instant(uploadedAt)}</Link>
      ),
    },
    { key: 'school', title: t.school, render: (_, { school }) => school.name },
    {
      key: 'state',
      title: t.state,
      render: (_, { state }) => <Tag>{words('OutcomeBatchState', state)}</Tag>,
    },
    {
      key: 'due',
      title: t.due,
      render: (_, { state, dueOn, overdue }) =>
        state === 'UPLOADED' ? <Clock due={dueOn} overdue={overdue} /> : formats.day(dueOn),
    },
    { key: 'size', title: t.size, render: (_, { size }) => formats.number(size) },
    { key: 'held', title: t.held, render: (_, { held }) => formats.number(held) },
  ];
  return (
    <Table
      size="small"
      columns={columns}
      dataSource={[...batches]}
      rowKey={({ id }) => id}
      pagination={false}
      scroll={{ x: 'max-content' }}
    />
  );
};

/** Outcomes of study that were handed in, and orders to issue certificates by them. */
export default function CertificatesPage() {
  const t = useTexts(texts);
  const { allowedActions } = useViewer();
  return (
    <>
      <PageHead
        title={t.title}
        above={<Breadcrumb items={[{ title: <Link to="/work">{t.work}</Link> }, { title: t.title }]} />}
        extra={
          <Flex gap="small" wrap align="center">
            {allowedActions.includes('outcome.upload') && <Link to="/work/outcomes/new">{t.handIn}</Link>}
            {allowedActions.includes('certificate.issue') && <PrepareIssue text={t.prepareAll} />}
          </Flex>
        }
      />
      <Answer
        document={CertificateWorkDocument}
        variables={{}}
        select={({ issueOrders, outcomeBatches }) => issueOrders ?? outcomeBatches}
      >
        {({ issueOrders, outcomeBatches }) => (
          <div className="panels">
            <Panel title={t.orders}>
              <Orders orders={issueOrders?.edges.map(({ node }) => node) ?? []} />
            </Panel>
            <Panel title={t.batches}>
              <Batches batches={outcomeBatches?.edges.map(({ node }) => node) ?? []} />
            </Panel>
          </div>
        )}
      </Answer>
    </>
  );
}
