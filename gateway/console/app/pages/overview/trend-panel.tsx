import { Empty, type TableColumnsType } from 'antd';
import { useMemo } from 'react';
import { ChartOrTable } from '../../charts/chart-or-table.tsx';
import type { ChartOption } from '../../charts/echarts.ts';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { TrendDocument, type TrendQuery, type TrendQueryVariables } from './generated/trend.ts';
import { monthEnds } from './school-year.ts';
import { texts } from './texts.ts';

type Point = { day: string; total: number };

/** Days are asked for as `d1` to `d10`, and so are they answered. */
const variablesOf = (scope: string, days: readonly string[]): TrendQueryVariables =>
  ({ scope, ...Object.fromEntries(days.map((day, at) => [`d${at + 1}`, day])) }) as TrendQueryVariables;

const pointsOf = (trend: TrendQuery, days: readonly string[]): Point[] =>
  days.flatMap((day, at) => {
    const table = trend[`d${at + 1}` as 'd1'];
    return typeof table?.total === 'number' ? [{ day, total: table.total }] : [];
  });

const Line = ({ points }: { points: readonly Point[] }) => {
  const t = useTexts(texts);
  const formats = useFormats();
  const option = useMemo<ChartOption>(
    () => ({
      tooltip: { trigger: 'axis' },
      grid: { left: 8, right: 16, top: 16, bottom: 8, containLabel: true },
      xAxis: { type: 'category', boundaryGap: false, data: points.map(({ day }) => day.slice(0, 7)) },
      yAxis: { type: 'value', minInterval: 1, scale: true },
      series: [{ type: 'line', name: t.pupils, data: points.map(({ total }) => total) }],
    }),
    [points, t],
  );
  const columns: TableColumnsType<Point> = [
    { key: 'day', title: t.day, render: (_, { day }) => formats.day(day) },
    { key: 'total', title: t.pupils, align: 'right', render: (_, { total }) => formats.number(total) },
  ];
  return (
    <ChartOrTable
      title={t.trend}
      option={option}
      height={260}
      columns={columns}
      rows={points}
      rowKey={({ day }) => day}
    />
  );
};

/** How many pupils there were at the ends of the last months. */
export const TrendPanel = ({ scope, day }: { scope: string; day: string }) => {
  const t = useTexts(texts);
  const days = useMemo(() => monthEnds(day), [day]);
  const empty = <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.noTrend} />;
  return (
    <Answer
      document={TrendDocument}
      variables={variablesOf(scope, days)}
      select={(trend) => pointsOf(trend, days)}
      empty={empty}
    >
      {(trend) => <Line points={pointsOf(trend, days)} />}
    </Answer>
  );
};
