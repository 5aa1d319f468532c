import { BarChartOutlined, TableOutlined } from '@ant-design/icons';
import { Segmented, type TableColumnsType } from 'antd';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { type Texts, useTexts } from '../language/language.tsx';
import { Panel } from '../layout/panel.tsx';
import type { ChartOption } from './echarts.ts';

const texts = {
  chart: ['图', 'Chart'],
  table: ['表', 'Table'],
  shownAs: ['显示方式', 'Shown as'],
} satisfies Texts;

type Props<Row extends object> = {
  title: string;
  option: ChartOption;
  height: number;
  columns: TableColumnsType<Row>;
  rows: readonly Row[];
  rowKey: (row: Row) => string;
};

// The drawing program comes when the first chart does, that of tables with the first table.
const Chart = lazy(async () => ({ default: (await import('./chart.tsx')).Chart }));
const RowsTable = lazy(async () => ({ default: (await import('./rows-table.tsx')).RowsTable })) as <
  Row extends object,
>(
  props: Pick<Props<Row>, 'columns' | 'rows' | 'rowKey'>,
) => ReactNode;

/** The same figures as a chart and as a table, as the reader likes. */
export const ChartOrTable = <Row extends object>({
  title,
  option,
  height,
  columns,
  rows,
  rowKey,
}: Props<Row>) => {
  const t = useTexts(texts);
  const [form, setForm] = useState<'chart' | 'table'>('chart');
  const choice = (
    <Segmented
      size="small"
      aria-label={t.shownAs}
      value={form}
      onChange={setForm}
      options={[
        { value: 'chart', icon: <BarChartOutlined aria-hidden />, label: t.chart },
        { value: 'table', icon: <TableOutlined aria-hidden />, label: t.table },
      ]}
    />
  );
  return (
    <Panel title={title} extra={choice}>
      {form === 'chart' ? (
        <Suspense fallback={<div style={{ height }} />}>
          <Chart option={option} label={title} height={height} />
        </Suspense>
      ) : (
        <Suspense fallback={<div style={{ height }} />}>
          <RowsTable columns={columns} rows={rows} rowKey={rowKey} />
        </Suspense>
      )}
    </Panel>
  );
};
