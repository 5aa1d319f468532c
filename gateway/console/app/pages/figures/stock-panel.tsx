import { Flex } from 'antd';
import { useMemo } from 'react';
import { FindingList } from '../../findings/finding-list.tsx';
import { Answer } from '../../graph/answer.tsx';
import { useTexts } from '../../language/language.tsx';
import { Panel } from '../../layout/panel.tsx';
import { isSchool } from '../../places/is-school.ts';
import { useAddress } from './address.ts';
import { AsOf } from './as-of.tsx';
import { ExportOrder } from './export-order.tsx';
import type { ExportTableMutationVariables } from './generated/export-table.ts';
import { StockTableDocument, type StockTableQuery } from './generated/stock-table.ts';
import { JobOrder } from './job-order.tsx';
import { JobPanel } from './job-panel.tsx';
import { exactPivot } from './pivot.ts';
import { PivotTable } from './pivot-table.tsx';
import { dimensionsOf, isKept, stockQuestionIn } from './question.ts';
import { StockBar } from './stock-bar.tsx';
import { texts } from './texts.ts';

type Counted = NonNullable<StockTableQuery['enrollmentStatistics']>;
type Asked = NonNullable<ExportTableMutationVariables['input']['enrollment']>;

const Shown = ({ table: { asOf, dimensions, rows, findings } }: { table: Counted }) => {
  const pivot = useMemo(() => exactPivot(dimensions, rows), [dimensions, rows]);
  return (
    <>
      <AsOf instant={asOf} />
      <PivotTable pivot={pivot} />
      <FindingList findings={findings} />
    </>
  );
};

const KeptTable = ({ asked }: { asked: Asked }) => (
  <Answer
    document={StockTableDocument}
    variables={asked}
    select={({ enrollmentStatistics }) => enrollmentStatistics}
  >
    {({ enrollmentStatistics: table }) =>
      table && (
        <Flex vertical gap="middle">
          <Shown table={table} />
          <ExportOrder key={JSON.stringify(asked)} table={{ enrollment: asked }} />
        </Flex>
      )
    }
  </Answer>
);

/**
 * Pupils by unit, stage, grade and gender and one attribute, now or at the end of an earlier day; by more attributes together
 * as a job, which then stands in the address.
 */
export const StockPanel = ({ scope }: { scope: string }) => {
  const t = useTexts(texts);
  const { search } = useAddress();
  const question = stockQuestionIn(search, isSchool(scope));
  const asked = { scope, by: dimensionsOf(question), filter: question.filter };
  const [job, asOf] = [search.get('job'), search.get('asOf')];
  return (
    <Panel title={t.pupils}>
      <StockBar question={question} isSchool={isSchool(scope)} />
      {job ? (
        <JobPanel key={job} id={job} />
      ) : isKept(question) ? (
        <KeptTable asked={{ ...asked, asOf }} />
      ) : (
        <JobOrder question={asked} isPast={asOf !== null} />
      )}
    </Panel>
  );
};
