import { Empty, Table, type TableColumnsType } from 'antd';
import { useMemo } from 'react';
import { ChartOrTable } from '../../charts/chart-or-table.tsx';
import type { ChartOption } from '../../charts/echarts.ts';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { Panel } from '../../layout/panel.tsx';
import { FlowsDocument, type FlowsQuery } from './generated/flows.ts';
import { type Move, movesOf, sankeyOf } from './moves.ts';
import { schoolYearStart } from './school-year.ts';
import { texts } from './texts.ts';

type KindRow = NonNullable<FlowsQuery['kinds']>['rows'][number];

const kindOf = ({ keys }: KindRow): string => keys[0]?.value ?? '';

const Kinds = ({ rows }: { rows: readonly KindRow[] }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const figure = (value: number | null) => (value === null ? '' : formats.number(value));
  const columns: TableColumnsType<KindRow> = [
    { key: 'kind', title: t.kind, render: (_, row) => words('FlowKind', kindOf(row)) },
    { key: 'in', title: t.entered, align: 'right', render: (_, { entered }) => figure(entered) },
    { key: 'out', title: t.gone, align: 'right', render: (_, { left }) => figure(left) },
    { key: 'within', title: t.within, align: 'right', render: (_, { within }) => figure(within) },
  ];
  return (
    <Panel title={t.flows}>
      <Table
        size="small"
        columns={columns}
        dataSource={[...rows]}
        rowKey={kindOf}
        pagination={false}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: t.noFlows }}
      />
    </Panel>
  );
};

const Moves = ({ moves }: { moves: readonly Move[] }) => {
  const t = useTexts(texts);
  const formats = useFormats();
  const option = useMemo<ChartOption>(() => {
    const { nodes, links } = sankeyOf(moves);
    return {
      tooltip: { trigger: 'item' },
      series: [
        {
          ...{ type: 'sankey', nodes, links, nodeAlign: 'justify', emphasis: { focus: 'adjacency' } },
          ...{ left: 8, right: 120, top: 8, bottom: 8, lineStyle: { color: 'source' } },
        },
      ],
    };
  }, [moves]);
  const columns: TableColumnsType<Move> = [
    { key: 'from', title: t.from, dataIndex: 'from' },
    { key: 'to', title: t.to, dataIndex: 'to' },
    { key: 'count', title: t.count, align: 'right', render: (_, { count }) => formats.number(count) },
  ];
  if (moves.length === 0)
    return (
      <Panel title={t.moves}>
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.noMoves} />
      </Panel>
    );
  return (
    <ChartOrTable
      title={t.moves}
      option={option}
      height={300}
      columns={columns}
      rows={moves}
      rowKey={({ from, to }) => `${from} ${to}`}
    />
  );
};

/** Who came, left and moved in the school year of a day, up to it: by kind, and transfers by where from and where to. */
export const FlowsPanel = ({ scope, day }: { scope: string; day: string }) => (
  <Answer
    document={FlowsDocument}
    variables={{ scope, from: schoolYearStart(day), to: day }}
    select={({ kinds }) => kinds}
  >
    {({ kinds, moves }) => (
      <div className="panels">
        <div className="panels-half">
          <Kinds rows={kinds?.rows ?? []} />
        </div>
        <div className="panels-half">
          <Moves moves={moves ? movesOf(moves) : []} />
        </div>
      </div>
    )}
  </Answer>
);
