import { Tabs } from 'antd';
import { useTexts } from '../../language/language.tsx';
import { PageHead } from '../../layout/page-head.tsx';
import { PlaceTrail } from '../../places/place-trail.tsx';
import { useViewer, workplaceOf } from '../../shell/viewer.tsx';
import { DayChoice } from '../../values/day-choice.tsx';
import { useAddress } from './address.ts';
import { ClassPanel } from './class-panel.tsx';
import { DropoutPanel } from './dropout-panel.tsx';
import { FlowPanel } from './flow-panel.tsx';
import { PublishedPanel } from './published-panel.tsx';
import { StockPanel } from './stock-panel.tsx';
import { texts } from './texts.ts';

const PUPILS = 'pupils';

/**
 * Tables of figures of a unit and everything below it. Table, unit, day and everything that was chosen stand in the address, so
 * that a table can be sent to a colleague.
 */
export default function FiguresPage() {
  const t = useTexts(texts);
  const own = workplaceOf(useViewer()) ?? '';
  const { search, change, addressOf, goTo } = useAddress();
  const scope = search.get('scope') ?? own;
  const table = search.get('table') ?? PUPILS;
  const tabs = [
    { key: PUPILS, label: t.pupils, children: <StockPanel scope={scope} /> },
    { key: 'classes', label: t.classSizes, children: <ClassPanel scope={scope} /> },
    { key: 'flows', label: t.flows, children: <FlowPanel scope={scope} /> },
    { key: 'dropouts', label: t.dropouts, children: <DropoutPanel scope={scope} /> },
    { key: 'published', label: t.published, children: <PublishedPanel /> },
  ];
  return (
    <>
      <PageHead
        title={t.title}
        above={<PlaceTrail scope={scope} own={own} addressOf={addressOf} />}
        extra={
          table === PUPILS && (
            <DayChoice asOf={search.get('asOf')} choose={(asOf) => change({ asOf, job: null })} />
          )
        }
      />
      <Tabs items={tabs} activeKey={table} onChange={(key) => goTo({ table: key, scope })} destroyOnHidden />
    </>
  );
}
