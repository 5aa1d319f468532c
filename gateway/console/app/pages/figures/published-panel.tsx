import { useQuery } from '@apollo/client/react';
import { Empty, Flex, Select } from 'antd';
import { useMemo } from 'react';
import { FindingList } from '../../findings/finding-list.tsx';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { Panel } from '../../layout/panel.tsx';
import { Values } from '../../layout/values.tsx';
import { UnitsBelowDocument } from '../../places/generated/units-below.ts';
import { useAddress } from './address.ts';
import { ExportOrder } from './export-order.tsx';
import { PublishedMonthsDocument, type PublishedMonthsQuery } from './generated/published-months.ts';
import {
  PublishedFiguresDocument,
  type PublishedFiguresQuery,
  type PublishedFiguresQueryVariables,
} from './generated/published-table.ts';
import { givenPivot } from './pivot.ts';
import { PivotTable } from './pivot-table.tsx';
import { nation, type PublishedQuestion, publishedIn } from './published-question.ts';
import { texts } from './published-texts.ts';
import { texts as tableTexts } from './texts.ts';

type Published = NonNullable<PublishedFiguresQuery['publishedTable']>;
type Month = NonNullable<PublishedMonthsQuery['publishedTables']>['edges'][number]['node'];

const Shown = ({ table }: { table: Published }) => {
  const t = useTexts(texts);
  const { hidden, rounded } = useTexts(tableTexts);
  const formats = useFormats();
  const { addressWith } = useAddress();
  const { dimensions, rows, asOf, publishedAt, digest, findings } = table;
  const pivot = useMemo(() => givenPivot(dimensions, rows), [dimensions, rows]);
  const below = new Set(rows.map(({ drillTo }) => drillTo));
  // What is refused is single cells: the table itself is there.
  const ofCells = findings.map((finding) => ({ ...finding, outcome: 'RECORD' }));
  return (
    <Flex vertical gap="middle">
      <Values
        items={[
          [t.asOf, formats.instant(asOf)],
          [t.publishedAt, formats.instant(publishedAt)],
          [t.digest, <code key="digest">{digest}</code>],
        ]}
      />
      <PivotTable
        pivot={pivot}
        leadsTo={(_, value) => (below.has(value) ? addressWith({ place: value }) : undefined)}
      />
      {table.suppressed && <span className="quiet">{hidden}</span>}
      {table.rounded && <span className="quiet">{rounded}</span>}
      <FindingList findings={ofCells} />
    </Flex>
  );
};

type BarProps = { question: PublishedQuestion; months: readonly Month[] };

const Bar = ({ question: { table, month, scope }, months }: BarProps) => {
  const t = useTexts(texts);
  const words = useWords();
  const { change } = useAddress();
  const { data } = useQuery(UnitsBelowDocument, { variables: { parent: nation } });
  const tables = months.find((each) => each.month === month)?.tables ?? [];
  const provinces = (data?.orgUnits ?? []).map(({ code, name }) => ({ value: code, label: name }));
  return (
    <Flex gap="small" wrap className="filters" role="group" aria-label={t.choice}>
      <Select
        aria-label={t.table}
        className="figures-choice"
        value={table}
        onChange={(published: string) => change({ published })}
        options={tables.map((value) => ({ value, label: words('PublishedTableName', value) }))}
      />
      <Select
        aria-label={t.month}
        className="filter"
        value={month}
        onChange={(chosen) => change({ month: chosen })}
        options={months.map(({ month: value }) => ({ value }))}
      />
      <Select
        aria-label={t.place}
        className="figures-choice"
        value={scope}
        onChange={(place) => change({ place })}
        options={[{ value: nation, label: t.nation }, ...provinces]}
      />
    </Flex>
  );
};

const Tables = ({ months }: { months: readonly Month[] }) => {
  const t = useTexts(texts);
  const { search } = useAddress();
  const question = publishedIn(search, months);
  if (!question) return <Empty description={t.none} />;
  const asked = { ...question, table: question.table as PublishedFiguresQueryVariables['table'] };
  return (
    <>
      <Bar question={question} months={months} />
      <Answer
        document={PublishedFiguresDocument}
        variables={asked}
        select={({ publishedTable }) => publishedTable}
        empty={<Empty description={t.noTable} />}
      >
        {({ publishedTable: table }) =>
          table && (
            <Flex vertical gap="middle">
              <Shown table={table} />
              <ExportOrder key={JSON.stringify(asked)} table={{ published: asked }} />
            </Flex>
          )
        }
      </Answer>
    </>
  );
};

/** The fixed tables of every month, of the nation and of each province, as everybody may see them (STA-08). */
export const PublishedPanel = () => {
  const t = useTexts(texts);
  return (
    <Panel title={t.title}>
      <p className="quiet">{t.about}</p>
      <Answer
        document={PublishedMonthsDocument}
        variables={{}}
        select={({ publishedTables }) => publishedTables?.edges}
        empty={<Empty description={t.none} />}
      >
        {({ publishedTables }) => <Tables months={publishedTables?.edges.map(({ node }) => node) ?? []} />}
      </Answer>
    </Panel>
  );
};
