import { Empty, Table, type TableColumnsType, Tag } from 'antd';
import { Link } from 'react-router';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { Panel } from '../../layout/panel.tsx';
import { TimelinessDocument, type TimelinessQuery } from './generated/timeliness.ts';
import { LateSteps } from './late-steps.tsx';
import { useOverviewOf } from './scope.ts';
import { texts } from './texts.ts';

type Report = NonNullable<TimelinessQuery['timelinessReport']>;
type Row = Report['rows'][number];

const Units = ({ report }: { report: Report }) => {
  const t = useTexts(texts);
  const overviewOf = useOverviewOf();
  const formats = useFormats();
  const columns: TableColumnsType<Row> = [
    {
      key: 'unit',
      title: t.unit,
      render: (_, { unit, name }) => <Link to={overviewOf(unit)}>{name ?? unit}</Link>,
    },
    { key: 'inTime', title: t.inTime, align: 'right', render: (_, row) => formats.number(row.doneInTime) },
    { key: 'late', title: t.late, align: 'right', render: (_, row) => formats.number(row.becameOverdue) },
    {
      key: 'overdue',
      title: t.overdue,
      align: 'right',
      render: (_, { overdue }) => (overdue > 0 ? <Tag color="error">{formats.number(overdue)}</Tag> : 0),
    },
    { key: 'oldest', title: t.oldest, render: (_, row) => row.oldestDueOn && formats.day(row.oldestDueOn) },
  ];
  return (
    <Table
      size="small"
      columns={columns}
      dataSource={report.rows.toSorted((one, other) => other.overdue - one.overdue)}
      rowKey={({ unit }) => unit}
      pagination={report.rows.length > 10 && { pageSize: 10, showSizeChanger: false }}
      scroll={{ x: 'max-content' }}
    />
  );
};

const Totals = ({ total }: Pick<Report, 'total'>) => {
  const t = useTexts(texts);
  const formats = useFormats();
  const figures = [
    [t.inTime, total.doneInTime],
    [t.late, total.becameOverdue],
    [t.overdue, total.overdue],
    [t.blocked, total.blockedRefusals],
  ] as const;
  return (
    <dl className="figures">
      {figures.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{formats.number(value)}</dd>
        </div>
      ))}
    </dl>
  );
};

/** Whether transfers were decided in their time, and which units are late (TRF-03). */
export const TimelinessPanel = ({ month, scope }: { month: string; scope: string }) => {
  const t = useTexts(texts);
  return (
    <Panel title={`${t.overdueUnits} · ${month}`}>
      <Answer
        document={TimelinessDocument}
        variables={{ month, scope }}
        select={({ timelinessReport }) => timelinessReport}
      >
        {({ timelinessReport: report }) =>
          report && (
            <>
              <Totals total={report.total} />
              {report.rows.length > 0 ? (
                <Units report={report} />
              ) : (
                <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.nothingOverdue} />
              )}
              {report.total.overdue > 0 && <LateSteps month={month} scope={scope} />}
            </>
          )
        }
      </Answer>
    </Panel>
  );
};
