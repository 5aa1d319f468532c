import { Empty, Table, type TableColumnsType } from 'antd';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { Panel } from '../../layout/panel.tsx';
import { linesOf, type Parked, type Service } from './standing.ts';
import { texts } from './texts.ts';
import { useServiceName } from './use-service-name.ts';

/** Events that were set aside because they could not be applied, by reason. */
export const ParkedPanel = ({ services }: { services: readonly Service[] }) => {
  const t = useTexts(texts);
  const formats = useFormats();
  const nameOf = useServiceName();
  const parked = linesOf(services, (service) => service.parked);
  const columns: TableColumnsType<Parked> = [
    { key: 'service', title: t.service, render: (_, { service }) => nameOf(service) },
    { key: 'consumer', title: t.consumer, render: (_, { consumer }) => consumer },
    { key: 'source', title: t.source, render: (_, { source }) => nameOf(source) },
    { key: 'reason', title: t.reason, render: (_, { reason }) => <code>{reason}</code> },
    { key: 'events', title: t.events, align: 'right', render: (_, { events }) => formats.number(events) },
    {
      key: 'aggregates',
      title: t.aggregates,
      align: 'right',
      render: (_, { aggregates }) => formats.number(aggregates),
    },
    {
      key: 'first',
      title: t.firstSeq,
      align: 'right',
      render: (_, { firstSeq }) => formats.number(firstSeq),
    },
  ];
  return (
    <Panel title={t.parked}>
      {parked.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.noneParked} />
      ) : (
        <Table
          size="small"
          columns={columns}
          dataSource={parked}
          rowKey={({ service, consumer, source, reason }) => `${service} ${consumer} ${source} ${reason}`}
          pagination={parked.length > 20 && { pageSize: 20, showSizeChanger: false }}
          scroll={{ x: 'max-content' }}
        />
      )}
    </Panel>
  );
};
