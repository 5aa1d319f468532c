import { Table, type TableColumnsType, Tag } from 'antd';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { Panel } from '../../layout/panel.tsx';
import type { Service } from './standing.ts';
import { texts } from './texts.ts';
import { useServiceName } from './use-service-name.ts';

/** Which services run, since when, and whether their own events get on. */
export const ServicesPanel = ({ services }: { services: readonly Service[] }) => {
  const t = useTexts(texts);
  const formats = useFormats();
  const nameOf = useServiceName();
  const columns: TableColumnsType<Service> = [
    { key: 'name', title: t.service, render: (_, { name }) => nameOf(name) },
    {
      key: 'state',
      title: t.state,
      render: (_, { answers }) =>
        answers ? <Tag color="success">{t.running}</Tag> : <Tag color="error">{t.silent}</Tag>,
    },
    { key: 'version', title: t.version, render: (_, { version }) => version ?? '–' },
    { key: 'since', title: t.since, render: (_, { since }) => (since ? formats.instant(since) : '–') },
    {
      key: 'head',
      title: t.head,
      align: 'right',
      render: (_, { own }) => (own ? formats.number(own.head) : '–'),
    },
    {
      key: 'unsent',
      title: t.unsent,
      align: 'right',
      render: (_, { own }) =>
        own ? `${formats.number(own.waiting)} / ${formats.number(own.unpublished)}` : '–',
    },
  ];
  return (
    <Panel title={t.services}>
      <Table
        size="small"
        columns={columns}
        dataSource={[...services]}
        rowKey={({ name }) => name}
        pagination={false}
        scroll={{ x: 'max-content' }}
      />
    </Panel>
  );
};
