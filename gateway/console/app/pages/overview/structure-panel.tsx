import type { TableColumnsType } from 'antd';
import { useMemo } from 'react';
import { ChartOrTable } from '../../charts/chart-or-table.tsx';
import type { ChartOption } from '../../charts/echarts.ts';
import { useFormats } from '../../language/formats.ts';
import { useGrades } from '../../language/grades.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import type { GradeRow } from './structure.ts';
import { texts } from './texts.ts';

/** Pupils by grade and gender, as stacked bars or as a table. */
export const StructurePanel = ({ grades }: { grades: readonly GradeRow[] }) => {
  const t = useTexts(texts);
  const words = useWords();
  const gradeName = useGrades();
  const formats = useFormats();
  const option = useMemo<ChartOption>(
    () => ({
      tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
      legend: { top: 0, right: 0 },
      grid: { left: 8, right: 8, top: 32, bottom: 8, containLabel: true },
      xAxis: {
        type: 'category',
        axisLabel: { interval: 0, hideOverlap: true, fontSize: 11 },
        data: grades.map(({ stage, grade }) => `${words('Stage', stage)}\n${gradeName(grade)}`),
      },
      yAxis: { type: 'value', minInterval: 1 },
      series: [
        { type: 'bar', stack: 'all', name: t.boys, data: grades.map(({ boys }) => boys) },
        { type: 'bar', stack: 'all', name: t.girls, data: grades.map(({ girls }) => girls) },
      ],
    }),
    [grades, t, words, gradeName],
  );
  const columns: TableColumnsType<GradeRow> = [
    { key: 'stage', title: t.stage, render: (_, { stage }) => words('Stage', stage) },
    { key: 'grade', title: t.grade, render: (_, { grade }) => gradeName(grade) },
    { key: 'boys', title: t.boys, align: 'right', render: (_, { boys }) => formats.number(boys) },
    { key: 'girls', title: t.girls, align: 'right', render: (_, { girls }) => formats.number(girls) },
    {
      key: 'total',
      title: t.total,
      align: 'right',
      render: (_, { boys, girls }) => formats.number(boys + girls),
    },
  ];
  return (
    <ChartOrTable
      title={t.structure}
      option={option}
      height={300}
      columns={columns}
      rows={grades}
      rowKey={({ stage, grade }) => `${stage} ${grade}`}
    />
  );
};
