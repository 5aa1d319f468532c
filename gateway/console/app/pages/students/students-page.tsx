import { Link, useSearchParams } from 'react-router';
import { useTexts } from '../../language/language.tsx';
import { PageHead } from '../../layout/page-head.tsx';
import { Panel } from '../../layout/panel.tsx';
import { isGuardian, useViewer } from '../../shell/viewer.tsx';
import { filterIn } from './filter.ts';
import { FilterBar } from './filter-bar.tsx';
import { FindByNumber } from './find-by-number.tsx';
import { StudentList } from './student-list.tsx';
import { texts } from './texts.ts';

/** A guardian's own children, which need no search. */
const Children = () => {
  const t = useTexts(texts);
  return (
    <>
      <PageHead title={t.children} />
      <Panel title={t.list}>
        <StudentList filter={{}} />
      </Panel>
    </>
  );
};

/** Students in the viewer's scope: by number, or by stage, grade and state. */
export default function StudentsPage() {
  const t = useTexts(texts);
  const [search] = useSearchParams();
  const viewer = useViewer();
  if (isGuardian(viewer)) return <Children />;
  const registers = viewer.allowedActions.includes('registration.enter');
  return (
    <>
      <PageHead title={t.title} extra={registers && <Link to="/work/registrations/new">{t.register}</Link>} />
      <div className="panels">
        <Panel title={t.byNumber}>
          <FindByNumber />
        </Panel>
        <Panel title={t.list}>
          <FilterBar />
          <StudentList key={search.toString()} filter={filterIn(search)} />
        </Panel>
      </div>
    </>
  );
}
