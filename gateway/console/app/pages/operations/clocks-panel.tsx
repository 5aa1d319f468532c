import { Empty, Table, type TableColumnsType } from 'antd';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { Panel } from '../../layout/panel.tsx';
import { type Clock, linesOf, type Service } from './standing.ts';
import { texts } from './texts.ts';

/** Days that units have to keep, by kind of work: how many are open, how many are over. */
export const ClocksPanel = ({ services }: { services: readonly Service[] }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const clocks = linesOf(services, (service) => service.clocks);
  const columns: TableColumnsType<Clock> = [
    { key: 'kind', title: t.kind, render: (_, { kind }) => words('ClockKind', kind) },
    { key: 'open', title: t.open, align: 'right', render: (_, { open }) => formats.number(open) },
    {
      key: 'overdue',
      title: t.overdue,
      align: 'right',
      render: (_, { overdue }) =>
        overdue > 0 ? <strong>{formats.number(overdue)}</strong> : formats.number(overdue),
    },
    { key: 'oldest', title: t.oldest, render: (_, { oldest }) => (oldest ? formats.day(oldest) : '–') },
  ];
  return (
    <Panel title={t.clocks}>
      {clocks.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.noClocks} />
      ) : (
        <Table
          size="small"
          columns={columns}
          dataSource={clocks}
          rowKey={({ kind }) => kind}
          pagination={false}
          scroll={{ x: 'max-content' }}
        />
      )}
    </Panel>
  );
};
