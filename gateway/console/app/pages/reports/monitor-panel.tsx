import { Empty, Table, type TableColumnsType } from 'antd';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { Panel } from '../../layout/panel.tsx';
import { MonitoredQuantitiesDocument, type MonitoredQuantitiesQuery } from './generated/monitor.ts';
import { texts } from './texts.ts';

type Row = NonNullable<MonitoredQuantitiesQuery['monitor']>['total']['quantities'][number];

const Quantities = ({ rows }: { rows: readonly Row[] }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const kindOf = ({ quantity, kind }: Row): string => {
    if (kind === null) return '';
    if (quantity === 'NUMBERS') return words('StudentNumberKind', kind);
    return quantity === 'PROBLEM_RECORDS' ? words('ProblemRecordKind', kind) : kind;
  };
  const columns: TableColumnsType<Row> = [
    { key: 'quantity', title: t.quantity, render: (_, row) => words('MonitoredQuantity', row.quantity) },
    { key: 'kind', title: t.kind, render: (_, row) => kindOf(row) },
    { key: 'count', title: t.count, align: 'right', render: (_, { count }) => formats.number(count) },
  ];
  return (
    <Table
      size="small"
      columns={columns}
      dataSource={[...rows]}
      rowKey={({ quantity, kind }) => `${quantity} ${kind}`}
      pagination={false}
      scroll={{ x: 'max-content' }}
    />
  );
};

/** The monitored quantities of a scope as they stand (STA-09). */
export const MonitorPanel = ({ scope }: { scope?: string }) => {
  const t = useTexts(texts);
  const formats = useFormats();
  return (
    <Panel title={t.monitor}>
      <Answer
        document={MonitoredQuantitiesDocument}
        variables={{ scope }}
        select={({ monitor }) => monitor?.total.quantities}
        empty={<Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.nothingMonitored} />}
      >
        {({ monitor }) =>
          monitor && (
            <>
              <p className="quiet">
                {t.asOf} {formats.instant(monitor.asOf)}
              </p>
              <Quantities rows={monitor.total.quantities} />
            </>
          )
        }
      </Answer>
    </Panel>
  );
};
