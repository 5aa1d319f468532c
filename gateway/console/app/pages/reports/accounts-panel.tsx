import { Table, type TableColumnsType, Tag } from 'antd';
import { FindingList } from '../../findings/finding-list.tsx';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { Panel } from '../../layout/panel.tsx';
import { Values } from '../../layout/values.tsx';
import { AccountUseDocument, type AccountUseQuery } from './generated/account-use.ts';
import { texts } from './texts.ts';

type Use = NonNullable<AccountUseQuery['accountUse']>;
type Row = Use['rows'][number];

const Units = ({ rows }: { rows: readonly Row[] }) => {
  const t = useTexts(texts);
  const formats = useFormats();
  const figure = (
    key: 'accounts' | 'neverUsed' | 'sealed' | 'weeksDue' | 'weeksUsed' | 'weeksExempt',
    title: string,
  ) => ({
    key,
    title,
    align: 'right' as const,
    render: (_: unknown, row: Row) => formats.number(row[key]),
  });
  const columns: TableColumnsType<Row> = [
    { key: 'unit', title: t.unit, render: (_, { unit, name }) => name ?? unit },
    figure('accounts', t.accounts),
    figure('neverUsed', t.neverUsed),
    figure('sealed', t.sealed),
    figure('weeksDue', t.weeksDue),
    figure('weeksUsed', t.weeksUsed),
    {
      key: 'weeksMissed',
      title: t.weeksMissed,
      align: 'right',
      render: (_, row) =>
        row.weeksMissed > 0 ? <Tag color="error">{formats.number(row.weeksMissed)}</Tag> : 0,
    },
    figure('weeksExempt', t.weeksExempt),
  ];
  return (
    <Table
      size="small"
      columns={columns}
      dataSource={[...rows]}
      rowKey={({ unit }) => unit}
      locale={{ emptyText: t.none }}
      pagination={rows.length > 20 && { pageSize: 20, showSizeChanger: false }}
      scroll={{ x: 'max-content' }}
    />
  );
};

/** Use of accounts in the weeks that end in a month (STA-02). */
export const AccountsPanel = ({ month, scope }: { month: string; scope?: string }) => {
  const t = useTexts(texts);
  const formats = useFormats();
  return (
    <Answer
      document={AccountUseDocument}
      variables={{ month, scope }}
      select={({ accountUse }) => accountUse}
    >
      {({ accountUse: use }) =>
        use && (
          <div className="panels">
            <Panel title={`${t.accountUse} · ${formats.day(use.from)} – ${formats.day(use.to)}`}>
              <Values
                items={[
                  [t.accounts, formats.number(use.total.accounts)],
                  [t.neverUsed, formats.number(use.total.neverUsed)],
                  [t.sealed, formats.number(use.total.sealed)],
                  [t.weeksDue, formats.number(use.total.weeksDue)],
                  [t.weeksMissed, formats.number(use.total.weeksMissed)],
                ]}
              />
              <FindingList findings={use.findings} />
            </Panel>
            <Panel title={t.unit}>
              <Units rows={use.rows} />
            </Panel>
          </div>
        )
      }
    </Answer>
  );
};
