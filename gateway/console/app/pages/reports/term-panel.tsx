import { Flex, Select, Table, type TableColumnsType, Tag } from 'antd';
import { FindingList } from '../../findings/finding-list.tsx';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { todayInBeijing } from '../../language/today.ts';
import { Panel } from '../../layout/panel.tsx';
import { useViewer } from '../../shell/viewer.tsx';
import { TermChecksDocument, type TermChecksQuery } from './generated/term-checks.ts';
import { OwnCheck } from './own-check.tsx';
import { lastTerms, type Term } from './term.ts';
import { texts } from './texts.ts';

type Report = NonNullable<TermChecksQuery['termChecks']>;
type Row = Report['total'];

const Figures = ({ report: { total, rows, countyCheckedOn, findings } }: { report: Report }) => {
  const t = useTexts(texts);
  const formats = useFormats();
  const figure = (key: 'open' | 'schoolChecked' | 'countyChecked', title: string) => ({
    key,
    title,
    align: 'right' as const,
    render: (_: unknown, row: Row) => formats.number(row[key]),
  });
  const columns: TableColumnsType<Row & { name?: string | null }> = [
    { key: 'unit', title: t.unit, render: (_, { unit, name }) => name ?? unit },
    figure('open', t.open),
    figure('schoolChecked', t.schoolChecked),
    figure('countyChecked', t.countyChecked),
    {
      key: 'missing',
      title: t.missing,
      align: 'right',
      render: (_, { missing }) => (missing > 0 ? <Tag color="error">{formats.number(missing)}</Tag> : 0),
    },
    {
      key: 'counties',
      title: t.counties,
      align: 'right',
      render: (_, row) => `${row.countiesOpen} / ${row.countiesChecked} / ${row.countiesMissing}`,
    },
  ];
  const data = rows.length > 0 ? rows : [total];
  return (
    <Flex vertical gap="middle">
      {countyCheckedOn && (
        <span>
          {t.countyCheckedOn} {formats.day(countyCheckedOn)}
        </span>
      )}
      <Table
        size="small"
        columns={columns}
        dataSource={[...data]}
        rowKey={({ unit }) => unit}
        pagination={data.length > 20 && { pageSize: 20, showSizeChanger: false }}
        scroll={{ x: 'max-content' }}
      />
      <FindingList findings={findings} />
    </Flex>
  );
};

const keyOf = ({ schoolYear, term }: Term): string => `${schoolYear}-${term}`;

type Props = { chosen: string | null; scope?: string; onChoose(term: string): void };

/** How the checks of a term stand (STA-03); a school confirms its own. */
export const TermPanel = ({ chosen, scope, onChoose }: Props) => {
  const t = useTexts(texts);
  const { school } = useViewer();
  const terms = lastTerms(todayInBeijing());
  const term = terms.find((each) => keyOf(each) === chosen) ?? terms[0];
  if (!term) return null;
  const choice = (
    <Select
      aria-label={t.term}
      value={keyOf(term)}
      options={terms.map((each) => ({
        value: keyOf(each),
        label: `${each.schoolYear}–${each.schoolYear + 1} ${each.term === 1 ? t.autumn : t.spring}`,
      }))}
      onChange={onChoose}
    />
  );
  return (
    <div className="panels">
      {school && <OwnCheck key={keyOf(term)} term={term} />}
      <Panel title={t.terms} extra={choice}>
        <Answer
          document={TermChecksDocument}
          variables={{ ...term, scope }}
          select={({ termChecks }) => termChecks}
        >
          {({ termChecks }) => termChecks && <Figures report={termChecks} />}
        </Answer>
      </Panel>
    </div>
  );
};
