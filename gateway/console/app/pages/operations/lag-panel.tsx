import { Checkbox, Empty, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { Panel } from '../../layout/panel.tsx';
import { byLag, type Consumer, isBehind, linesOf, type Service } from './standing.ts';
import { texts } from './texts.ts';
import { useServiceName } from './use-service-name.ts';

/** How far every consumer has followed its sources, those first that have waited longest. */
export const LagPanel = ({ services }: { services: readonly Service[] }) => {
  const t = useTexts(texts);
  const formats = useFormats();
  const nameOf = useServiceName();
  const [isNarrowed, setNarrowed] = useState(true);
  const all = byLag(linesOf(services, ({ consumers }) => consumers));
  const shown = isNarrowed ? all.filter(isBehind) : all;
  const columns: TableColumnsType<Consumer> = [
    { key: 'service', title: t.service, render: (_, { service }) => nameOf(service) },
    { key: 'consumer', title: t.consumer, render: (_, { consumer }) => consumer },
    { key: 'source', title: t.source, render: (_, { source }) => nameOf(source) },
    {
      key: 'behind',
      title: t.behind,
      align: 'right',
      render: (_, { behind, refused }) => {
        if (refused) return <strong>{t.refused}</strong>;
        return behind === null ? t.unknown : formats.number(behind);
      },
    },
    {
      key: 'waiting',
      title: t.waiting,
      align: 'right',
      render: (_, { waitingSeconds }) => `${formats.number(waitingSeconds)} ${t.seconds}`,
    },
    {
      key: 'parked',
      title: t.parked,
      align: 'right',
      render: (_, { parked }) => formats.number(parked),
    },
  ];
  return (
    <Panel
      title={`${t.lag} · ${all.filter(isBehind).length} / ${all.length}`}
      extra={
        <Checkbox checked={isNarrowed} onChange={({ target }) => setNarrowed(target.checked)}>
          {t.onlyBehind}
        </Checkbox>
      }
    >
      {shown.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.allCaughtUp} />
      ) : (
        <Table
          size="small"
          columns={columns}
          dataSource={shown}
          rowKey={({ service, consumer, source }) => `${service} ${consumer} ${source}`}
          pagination={shown.length > 20 && { pageSize: 20, showSizeChanger: false }}
          scroll={{ x: 'max-content' }}
        />
      )}
    </Panel>
  );
};
