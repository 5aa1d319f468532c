import { Empty, Table, type TableColumnsType } from 'antd';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { Panel } from '../../layout/panel.tsx';
import { daysOf, type Service } from './standing.ts';
import { texts } from './texts.ts';
import { useServiceName } from './use-service-name.ts';

/** Readings of personal data by service and day, the present one first: how many, never of whom. */
export const ReadsPanel = ({ services }: { services: readonly Service[] }) => {
  const t = useTexts(texts);
  const formats = useFormats();
  const nameOf = useServiceName();
  const days = daysOf(services);
  const columns: TableColumnsType<Service> = [
    { key: 'service', title: t.service, fixed: 'left', render: (_, { name }) => nameOf(name) },
    ...days.map((day) => ({
      key: day,
      title: formats.day(day),
      align: 'right' as const,
      render: (_: unknown, { reads }: Service) => {
        const read = reads.find((each) => each.day === day);
        return read ? `${formats.number(read.operations)} / ${formats.number(read.persons)}` : '–';
      },
    })),
  ];
  return (
    <Panel title={t.reads} extra={<span className="quiet">{t.readsMore}</span>}>
      {days.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.noClocks} />
      ) : (
        <Table
          size="small"
          columns={columns}
          dataSource={[...services]}
          rowKey={({ name }) => name}
          pagination={false}
          scroll={{ x: 'max-content' }}
        />
      )}
    </Panel>
  );
};
