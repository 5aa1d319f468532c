import { Table, type TableColumnsType } from 'antd';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { texts } from './balance-texts.ts';
import type { ConservationOfQuery } from './generated/conservation.ts';

type Case = NonNullable<ConservationOfQuery['conservation']>['unbalanced'][number];

const signed = (count: number): string => (count > 0 ? `+${count}` : String(count));

/** The registrations by which opening, flows and closing do not agree, without names of persons. */
export const UnbalancedCases = ({ cases }: { cases: readonly Case[] }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const columns: TableColumnsType<Case> = [
    {
      key: 'enrollment',
      title: t.enrollment,
      render: (_, { enrollment }) => <code>{enrollment}</code>,
    },
    { key: 'imbalance', title: t.imbalance, render: (_, row) => words('Imbalance', row.imbalance) },
    { key: 'counted', title: t.counted, align: 'right', render: (_, { counted }) => signed(counted) },
    { key: 'told', title: t.told, align: 'right', render: (_, { told }) => signed(told) },
    {
      key: 'flows',
      title: t.flows,
      render: (_, { flows }) =>
        flows.length === 0
          ? t.noFlows
          : flows.map(({ kind, day, case: id }) => (
              <div key={`${kind} ${day} ${id}`}>
                {words('FlowKind', kind)} · {formats.day(day)} {id && <code>{id}</code>}
              </div>
            )),
    },
  ];
  return (
    <Table
      size="small"
      columns={columns}
      dataSource={[...cases]}
      rowKey={({ enrollment }) => enrollment}
      pagination={cases.length > 20 && { pageSize: 20, showSizeChanger: false }}
      scroll={{ x: 'max-content' }}
    />
  );
};
