import { Empty, Flex, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { Pager } from '../../layout/pager.tsx';
import { Panel } from '../../layout/panel.tsx';
import { AlertOrders } from './alert-orders.tsx';
import { SecurityAlertsDocument, type SecurityAlertsQuery } from './generated/security-alerts.ts';
import { texts } from './texts.ts';

type Row = NonNullable<SecurityAlertsQuery['securityAlerts']>['edges'][number]['node'];

const Rows = ({ rows }: { rows: readonly Row[] }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const columns: TableColumnsType<Row> = [
    { key: 'trigger', title: t.trigger, render: (_, row) => words('SecurityAlertTrigger', row.trigger) },
    { key: 'account', title: t.account, render: (_, { account }) => account },
    { key: 'workplace', title: t.workplace, render: (_, { workplace }) => workplace },
    { key: 'since', title: t.since, render: (_, { since }) => formats.instant(since) },
    { key: 'count', title: t.count, align: 'right', render: (_, { count }) => formats.number(count) },
    { key: 'state', title: t.state, render: (_, { state }) => words('SecurityAlertState', state) },
    {
      key: 'outcome',
      title: t.outcome,
      render: (_, { outcome, note }) => outcome && `${words('SecurityAlertOutcome', outcome)}：${note ?? ''}`,
    },
    { key: 'orders', render: (_, alert) => <AlertOrders alert={alert} /> },
  ];
  return (
    <Table
      size="small"
      columns={columns}
      dataSource={[...rows]}
      rowKey={({ id }) => id}
      pagination={false}
      scroll={{ x: 'max-content' }}
    />
  );
};

/** Early warnings of registration security, latest first; the authority above takes them up and settles them (PRV-08). */
export const AlertsPanel = () => {
  const t = useTexts(texts);
  const [turned, setTurned] = useState<readonly string[]>([]);
  return (
    <Panel title={t.alerts}>
      <Answer
        document={SecurityAlertsDocument}
        variables={{ after: turned.at(-1) }}
        select={({ securityAlerts }) => securityAlerts?.edges}
        empty={<Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.noAlerts} />}
      >
        {({ securityAlerts: page }) => (
          <Flex vertical gap="middle">
            <Rows rows={page?.edges.map(({ node }) => node) ?? []} />
            <Pager turned={turned} onTurn={setTurned} pageInfo={page?.pageInfo} />
          </Flex>
        )}
      </Answer>
    </Panel>
  );
};
