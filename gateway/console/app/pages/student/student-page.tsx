import { Breadcrumb, Tabs } from 'antd';
import { lazy } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { useTexts } from '../../language/language.tsx';
import { PageHead } from '../../layout/page-head.tsx';
import { isGuardian, useViewer } from '../../shell/viewer.tsx';
import { ArchivePanel } from './archive-panel.tsx';
import { CertificatesPanel } from './certificates-panel.tsx';
import { EntriesPanel } from './entries-panel.tsx';
import { HistoryPanel } from './history-panel.tsx';
import { IdentityPanel } from './identity-panel.tsx';
import { texts } from './texts.ts';
import { StudentTicketsPanel } from './tickets-panel.tsx';
import { TimelinePanel } from './timeline-panel.tsx';
import { TransfersPanel } from './transfers-panel.tsx';

const ChildPage = lazy(() => import('../child/child-page.tsx'));

const Cases = ({ id }: { id: string }) => (
  <div className="panels">
    <TransfersPanel id={id} />
    <StudentTicketsPanel id={id} />
    <EntriesPanel id={id} />
  </div>
);

const Life = ({ id }: { id: string }) => (
  <div className="panels">
    <HistoryPanel id={id} />
    <TimelinePanel id={id} />
  </div>
);

/** Each tab asks its own service when it is opened. The tab stands in the address. */
const StudentRecord = () => {
  const t = useTexts(texts);
  const { id = '' } = useParams();
  const [search, setSearch] = useSearchParams();
  const tabs = [
    { key: 'identity', label: t.identity, children: <IdentityPanel id={id} /> },
    { key: 'timeline', label: t.timeline, children: <Life id={id} /> },
    { key: 'cases', label: t.cases, children: <Cases id={id} /> },
    { key: 'archive', label: t.archive, children: <ArchivePanel id={id} /> },
    { key: 'certificates', label: t.certificates, children: <CertificatesPanel id={id} /> },
  ];
  return (
    <>
      <PageHead
        title={t.title}
        above={
          <Breadcrumb items={[{ title: <Link to="/students">{t.students}</Link> }, { title: t.title }]} />
        }
      />
      <Tabs
        items={tabs}
        activeKey={search.get('tab') ?? 'identity'}
        onChange={(tab) => setSearch({ tab }, { replace: true })}
      />
    </>
  );
};

/** The record of one student; a guardian has a view of the own child. */
export default function StudentPage() {
  return isGuardian(useViewer()) ? <ChildPage /> : <StudentRecord />;
}
