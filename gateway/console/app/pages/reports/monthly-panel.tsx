import { Alert, Empty, Flex, Table, type TableColumnsType, Tag } from 'antd';
import { FindingList } from '../../findings/finding-list.tsx';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { Panel } from '../../layout/panel.tsx';
import { Values } from '../../layout/values.tsx';
import { MonthlyReportDocument, type MonthlyReportQuery } from './generated/monthly-report.ts';
import { texts } from './texts.ts';

type Report = NonNullable<MonthlyReportQuery['timelinessReport']>;
type Row = Report['rows'][number];
type Step = NonNullable<Report['overdueSteps']>['edges'][number]['node'];

const Issue = ({ report: { issuedAt, asOf, digest, total } }: { report: Report }) => {
  const t = useTexts(texts);
  const formats = useFormats();
  return (
    <Flex vertical gap="small">
      {issuedAt ? (
        <Alert type="success" showIcon title={`${t.issued} · ${formats.instant(issuedAt)}`} />
      ) : (
        <Alert type="info" showIcon title={t.running} />
      )}
      <Values
        items={[
          [t.asOf, formats.instant(asOf)],
          [t.digest, digest ? <code key="digest">{digest}</code> : '–'],
          [t.inTime, formats.number(total.doneInTime)],
          [t.late, formats.number(total.becameOverdue)],
          [t.overdue, formats.number(total.overdue)],
          [t.blocked, formats.number(total.blockedRefusals)],
        ]}
      />
    </Flex>
  );
};

const Units = ({ rows }: { rows: readonly Row[] }) => {
  const t = useTexts(texts);
  const formats = useFormats();
  const columns: TableColumnsType<Row> = [
    { key: 'unit', title: t.unit, render: (_, { unit, name }) => name ?? unit },
    { key: 'inTime', title: t.inTime, align: 'right', render: (_, row) => formats.number(row.doneInTime) },
    { key: 'late', title: t.late, align: 'right', render: (_, row) => formats.number(row.becameOverdue) },
    {
      key: 'overdue',
      title: t.overdue,
      align: 'right',
      render: (_, { overdue }) => (overdue > 0 ? <Tag color="error">{formats.number(overdue)}</Tag> : 0),
    },
    { key: 'longest', title: t.longest, align: 'right', render: (_, row) => row.longestDaysLate ?? '–' },
    { key: 'blocked', title: t.blocked, align: 'right', render: (_, row) => row.blockedRefusals },
  ];
  return (
    <Table
      size="small"
      columns={columns}
      dataSource={[...rows]}
      rowKey={({ unit }) => unit}
      locale={{ emptyText: t.none }}
      pagination={rows.length > 20 && { pageSize: 20, showSizeChanger: false }}
      scroll={{ x: 'max-content' }}
    />
  );
};

const Steps = ({ steps }: { steps: NonNullable<Report['overdueSteps']> }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const columns: TableColumnsType<Step> = [
    { key: 'unit', title: t.unit, render: (_, { unit, name }) => name ?? unit },
    { key: 'party', title: t.party, render: (_, { party }) => words('TransferParty', party) },
    { key: 'due', title: t.dueOn, render: (_, step) => formats.day(step.reportDueOn) },
    { key: 'days', title: t.daysLate, align: 'right', render: (_, step) => formats.number(step.daysLate) },
  ];
  if (steps.edges.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.noSteps} />;
  return (
    <>
      <Table
        size="small"
        columns={columns}
        dataSource={steps.edges.map(({ node }) => node)}
        rowKey={({ transfer, party }) => `${transfer} ${party}`}
        pagination={steps.edges.length > 20 && { pageSize: 20, showSizeChanger: false }}
        scroll={{ x: 'max-content' }}
      />
      {steps.pageInfo.hasNextPage && <p className="quiet">{t.more}</p>}
    </>
  );
};

/** The report of a month (TRF-03): whether it was issued and with which digest, the units, what is late. */
export const MonthlyPanel = ({ month, scope }: { month: string; scope?: string }) => {
  const t = useTexts(texts);
  return (
    <Answer
      document={MonthlyReportDocument}
      variables={{ month, scope }}
      select={({ timelinessReport }) => timelinessReport}
    >
      {({ timelinessReport: report }) =>
        report && (
          <div className="panels">
            <Panel title={`${t.monthly} · ${report.month}`}>
              <Issue report={report} />
              <FindingList findings={report.findings} />
            </Panel>
            <Panel title={t.unit}>
              <Units rows={report.rows} />
            </Panel>
            {report.overdueSteps && (
              <Panel title={t.steps}>
                <Steps steps={report.overdueSteps} />
              </Panel>
            )}
          </div>
        )
      }
    </Answer>
  );
};
