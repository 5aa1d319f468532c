import { useApolloClient } from '@apollo/client/react';
import { Empty, Skeleton, Typography } from 'antd';
import { lazy, Suspense, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { Answer } from '../../graph/answer.tsx';
import { useLive } from '../../graph/use-live.ts';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { todayInBeijing } from '../../language/today.ts';
import { PageHead } from '../../layout/page-head.tsx';
import { WhenSeen } from '../../layout/when-seen.tsx';
import { isSchool } from '../../places/is-school.ts';
import { PlaceTrail } from '../../places/place-trail.tsx';
import { useViewer, workplaceOf } from '../../shell/viewer.tsx';
import { DayChoice } from '../../values/day-choice.tsx';
import { PupilsDocument, type PupilsQuery } from './generated/pupils.ts';
import { StatisticsUpdatedDocument } from './generated/statistics-updated.ts';
import { KeyFigures } from './key-figures.tsx';
import { RankingPanel } from './ranking-panel.tsx';
import { useOverviewOf } from './scope.ts';
import { gradeRows } from './structure.ts';
import { StructurePanel } from './structure-panel.tsx';
import { texts } from './texts.ts';

const TrendPanel = lazy(async () => ({ default: (await import('./trend-panel.tsx')).TrendPanel }));
const LowerPanels = lazy(async () => ({ default: (await import('./lower-panels.tsx')).LowerPanels }));

const Figures = ({ structure, units, scope, day }: PupilsQuery & { scope: string; day: string }) => {
  const t = useTexts(texts);
  const formats = useFormats();
  const grades = useMemo(() => (structure ? gradeRows(structure) : []), [structure]);
  if (!structure) return null;
  const below = isSchool(scope) ? [] : (units?.rows ?? []);
  return (
    <>
      <Typography.Paragraph type="secondary">
        {t.asOf} {formats.instant(structure.asOf)}
      </Typography.Paragraph>
      <div className="panels">
        <KeyFigures total={structure.total} grades={grades} units={below.length} />
        <div className={below.length > 0 ? 'panels-half' : ''}>
          {grades.length > 0 ? <StructurePanel grades={grades} /> : <Empty description={t.noPupils} />}
          <WhenSeen>
            <Suspense fallback={<Skeleton active />}>
              <TrendPanel scope={scope} day={day} />
            </Suspense>
          </WhenSeen>
        </div>
        {below.length > 0 && (
          <div className="panels-half">
            <RankingPanel rows={below} />
          </div>
        )}
        <WhenSeen height={600}>
          <Suspense fallback={<Skeleton active />}>
            <LowerPanels scope={scope} day={day} />
          </Suspense>
        </WhenSeen>
      </div>
    </>
  );
};

/**
 * Key figures of a unit and everything below it, as they change or as of the end of an earlier day; unit and day stand in the
 * address, the viewer's own and now by default.
 */
export default function OverviewPage() {
  const t = useTexts(texts);
  const [search, setSearch] = useSearchParams();
  const own = workplaceOf(useViewer()) ?? '';
  const scope = search.get('scope') ?? own;
  const asOf = search.get('asOf');
  const overviewOf = useOverviewOf();
  const client = useApolloClient();
  useLive(StatisticsUpdatedDocument, { scope }, () => {
    void client.refetchQueries({ include: [PupilsDocument] });
  });
  const choose = (day: string | null): void =>
    setSearch((before) => {
      if (day === null) before.delete('asOf');
      else before.set('asOf', day);
      return before;
    });
  return (
    <>
      <PageHead
        title={t.title}
        above={<PlaceTrail scope={scope} own={own} addressOf={overviewOf} />}
        extra={<DayChoice asOf={asOf} choose={choose} />}
      />
      <Answer document={PupilsDocument} variables={{ scope, asOf }} select={({ structure }) => structure}>
        {(pupils) => (
          <Figures
            {...pupils}
            scope={scope}
            day={asOf ?? pupils.structure?.asOf.slice(0, 10) ?? todayInBeijing()}
          />
        )}
      </Answer>
    </>
  );
}
