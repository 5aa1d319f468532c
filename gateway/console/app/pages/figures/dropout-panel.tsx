import { Flex, Select, Table, type TableColumnsType } from 'antd';
import { Link } from 'react-router';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { todayInBeijing } from '../../language/today.ts';
import { Panel } from '../../layout/panel.tsx';
import { lastTerms, type Term } from '../reports/term.ts';
import { useAddress } from './address.ts';
import { AsOf } from './as-of.tsx';
import { ExportOrder } from './export-order.tsx';
import { DropoutTableDocument, type DropoutTableQuery } from './generated/dropout-table.ts';
import { tableProps } from './line-cells.tsx';
import { texts } from './texts.ts';
import { useValueName } from './value-name.ts';
import './figures.css';

type Dropouts = NonNullable<DropoutTableQuery['dropoutStatistics']>;
type Row = Dropouts['total'];

const figures = ['opened', 'marked', 'reported', 'cleared', 'returned', 'stayed', 'agedOut'] as const;
const keyOf = ({ schoolYear, term }: Term): string => `${schoolYear}-${term}`;

const Shown = ({ dropouts: { total, rows } }: { dropouts: Dropouts }) => {
  const t = useTexts(texts);
  const formats = useFormats();
  const valueName = useValueName();
  const { addressOf } = useAddress();
  const columns: TableColumnsType<Row> = [
    {
      key: 'unit',
      title: t.unitWithCode,
      render: (_, row) =>
        row === total ? valueName('', '') : <Link to={addressOf(row.unit)}>{row.name ?? row.unit}</Link>,
    },
    {
      key: 'days',
      title: t.days,
      render: (_, { from, to }) =>
        from === null ? t.noTerm : `${formats.day(from)} – ${to === null ? '' : formats.day(to)}`,
    },
    ...figures.map((key) => ({
      ...{ key, title: t[key], align: 'right' as const },
      render: (_: unknown, row: Row) => formats.number(row[key]),
    })),
    {
      key: 'share',
      title: t.shareReturned,
      align: 'right',
      render: (_, { marked, returned }) => (marked === 0 ? '–' : formats.percent(returned / marked)),
    },
  ];
  return (
    <Table
      {...tableProps}
      columns={columns}
      dataSource={[total, ...rows]}
      rowKey={(row) => (row === total ? 'total' : row.unit)}
      rowClassName={(row) => (row === total ? 'figures-sum' : '')}
      pagination={false}
    />
  );
};

/** What happened in the dropout ledger in a term, each unit by the term of its own place (STA-07). */
export const DropoutPanel = ({ scope }: { scope: string }) => {
  const t = useTexts(texts);
  const { search, change } = useAddress();
  const terms = lastTerms(todayInBeijing());
  const term = terms.find((each) => keyOf(each) === search.get('term')) ?? terms[0];
  if (!term) return null;
  const choice = (
    <Select
      aria-label={t.term}
      value={keyOf(term)}
      options={terms.map((each) => ({
        value: keyOf(each),
        label: `${each.schoolYear}–${each.schoolYear + 1} ${each.term === 1 ? t.autumn : t.spring}`,
      }))}
      onChange={(chosen) => change({ term: chosen })}
    />
  );
  return (
    <Panel title={t.dropouts} extra={choice}>
      <Answer
        document={DropoutTableDocument}
        variables={{ scope, ...term }}
        select={({ dropoutStatistics }) => dropoutStatistics}
      >
        {({ dropoutStatistics: dropouts }) =>
          dropouts && (
            <Flex vertical gap="middle">
              <AsOf instant={dropouts.asOf} />
              <Shown dropouts={dropouts} />
              <ExportOrder key={`${scope} ${keyOf(term)}`} table={{ dropouts: { scope, ...term } }} />
            </Flex>
          )
        }
      </Answer>
    </Panel>
  );
};
