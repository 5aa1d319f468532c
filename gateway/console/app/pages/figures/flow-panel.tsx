import { Empty, Flex, Table, type TableColumnsType } from 'antd';
import { useMemo } from 'react';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { words as allWords } from '../../language/generated/words.ts';
import { useTexts } from '../../language/language.tsx';
import { todayInBeijing } from '../../language/today.ts';
import { Panel } from '../../layout/panel.tsx';
import { isSchool } from '../../places/is-school.ts';
import { useAddress } from './address.ts';
import { AsOf } from './as-of.tsx';
import { ExportOrder } from './export-order.tsx';
import { FlowBar } from './flow-bar.tsx';
import { type FlowLine, flowLines } from './flow-lines.ts';
import { flowQuestionIn } from './flow-question.ts';
import { FlowsOfPeriodDocument, type FlowsOfPeriodQuery } from './generated/flows-of-period.ts';
import { pagesOf, tableProps, useLineColumns } from './line-cells.tsx';
import { exactPivot, labelsOf } from './pivot.ts';
import { PivotTable } from './pivot-table.tsx';
import { texts } from './texts.ts';
import './figures.css';

type Changes = NonNullable<FlowsOfPeriodQuery['table']>;
type Whole = NonNullable<FlowsOfPeriodQuery['whole']>;

const InAndOut = ({ table: { dimensions, rows }, whole }: { table: Changes; whole: Whole }) => {
  const t = useTexts(texts);
  const formats = useFormats();
  const lineColumns = useLineColumns();
  const lines = useMemo(() => flowLines(dimensions.length, rows, whole.rows), [dimensions, rows, whole]);
  const figure = (key: 'entered' | 'left' | 'within' | 'count', title: string) => ({
    ...{ key, title, align: 'right' as const },
    render: (_: unknown, line: FlowLine) => formats.number(line[key] ?? 0),
  });
  const columns: TableColumnsType<FlowLine> = [
    ...lineColumns<FlowLine>(dimensions, labelsOf(rows)),
    figure('entered', t.entered),
    figure('left', t.gone),
    figure('within', t.within),
    figure('count', t.count),
  ];
  return <Table {...tableProps} columns={columns} dataSource={lines} pagination={pagesOf(lines)} />;
};

const Moves = ({ table: { dimensions, rows } }: { table: Changes }) => {
  const t = useTexts(texts);
  const pivot = useMemo(() => exactPivot(dimensions, rows), [dimensions, rows]);
  if (rows.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.none} />;
  return <PivotTable pivot={pivot} leadsTo={() => undefined} />;
};

/** Who came, left and moved in a period: in and out by kind, unit, stage, grade and gender, or where from and where to. */
export const FlowPanel = ({ scope }: { scope: string }) => {
  const t = useTexts(texts);
  const { search } = useAddress();
  const kinds = Object.keys(allWords.FlowKind);
  const question = flowQuestionIn(search, kinds, todayInBeijing(), isSchool(scope));
  const { from, to, by, filter, isMatrix } = question;
  const asked = { scope, from, to, by, filter };
  return (
    <Panel title={t.flows}>
      <FlowBar question={question} isSchool={isSchool(scope)} />
      <Answer document={FlowsOfPeriodDocument} variables={asked} select={({ table }) => table}>
        {({ table, whole }) =>
          table &&
          whole && (
            <Flex vertical gap="middle">
              <AsOf instant={table.asOf} />
              {isMatrix ? <Moves table={table} /> : <InAndOut table={table} whole={whole} />}
              <ExportOrder key={JSON.stringify(asked)} table={{ flows: asked }} />
            </Flex>
          )
        }
      </Answer>
    </Panel>
  );
};
