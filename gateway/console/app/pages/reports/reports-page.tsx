import { Input, Tabs } from 'antd';
import { useSearchParams } from 'react-router';
import { useTexts } from '../../language/language.tsx';
import { todayInBeijing } from '../../language/today.ts';
import { PageHead } from '../../layout/page-head.tsx';
import { useViewer, workplaceOf } from '../../shell/viewer.tsx';
import { AccountsPanel } from './accounts-panel.tsx';
import { AlertsPanel } from './alerts-panel.tsx';
import { BalancePanel } from './balance-panel.tsx';
import { MonitorPanel } from './monitor-panel.tsx';
import { MonthlyPanel } from './monthly-panel.tsx';
import { RecountPanel } from './recount-panel.tsx';
import { TermPanel } from './term-panel.tsx';
import { texts } from './texts.ts';

/** Reports that come round: by month, by term, what is monitored, how figures hold, and alerts. Tab, month, term and scope stand in the address. */
export default function ReportsPage() {
  const t = useTexts(texts);
  const viewer = useViewer();
  const own = workplaceOf(viewer) ?? '';
  const [search, setSearch] = useSearchParams();
  const month = search.get('month') ?? todayInBeijing().slice(0, 7);
  const scope = search.get('scope') ?? undefined;
  const change = (part: Readonly<Record<string, string>>): void =>
    setSearch({ ...Object.fromEntries(search), ...part }, { replace: true });
  const addressOf = (unit: string): string =>
    `/reports?${new URLSearchParams({ ...Object.fromEntries(search), scope: unit })}`;
  const monthChoice = (
    <Input
      type="month"
      aria-label={t.month}
      className="filter filters"
      value={month}
      onChange={({ target }) => target.value && change({ month: target.value })}
    />
  );
  const tabs = [
    {
      key: 'monthly',
      label: t.monthly,
      children: (
        <>
          {monthChoice}
          <MonthlyPanel month={month} scope={scope} />
        </>
      ),
    },
    {
      key: 'terms',
      label: t.terms,
      children: <TermPanel chosen={search.get('term')} scope={scope} onChoose={(term) => change({ term })} />,
    },
    {
      key: 'accounts',
      label: t.accountUse,
      children: (
        <>
          {monthChoice}
          <AccountsPanel month={month} scope={scope} />
        </>
      ),
    },
    { key: 'monitor', label: t.monitor, children: <MonitorPanel scope={scope} /> },
    {
      key: 'balance',
      label: t.balance,
      children: (
        <BalancePanel
          scope={scope ?? own}
          own={own}
          from={search.get('from')}
          to={search.get('to')}
          onChange={change}
          addressOf={addressOf}
        />
      ),
    },
    { key: 'recount', label: t.recount, children: <RecountPanel scope={scope} /> },
    ...(viewer.allowedActions.includes('alert.read')
      ? [{ key: 'alerts', label: t.alerts, children: <AlertsPanel /> }]
      : []),
  ];
  return (
    <>
      <PageHead title={t.title} />
      <Tabs
        items={tabs}
        activeKey={search.get('tab') ?? 'monthly'}
        onChange={(tab) => change({ tab })}
        destroyOnHidden
      />
    </>
  );
}
