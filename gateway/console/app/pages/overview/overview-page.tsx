import { useApolloClient } from '@apollo/client/react';
import { Empty, Typography } from 'antd';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { Answer } from '../../graph/answer.tsx';
import { useLive } from '../../graph/use-live.ts';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { PageHead } from '../../layout/page-head.tsx';
import { useViewer, workplaceOf } from '../../shell/viewer.tsx';
import { PupilsDocument, type PupilsQuery } from './generated/pupils.ts';
import { StatisticsUpdatedDocument } from './generated/statistics-updated.ts';
import { KeyFigures } from './key-figures.tsx';
import { PlaceTrail } from './place-trail.tsx';
import { RankingPanel } from './ranking-panel.tsx';
import { isSchool } from './scope.ts';
import { gradeRows } from './structure.ts';
import { StructurePanel } from './structure-panel.tsx';
import { texts } from './texts.ts';
import { TicketsPanel } from './tickets-panel.tsx';
import { TimelinessPanel } from './timeliness-panel.tsx';

/** Dates of the graph are written in the time of Beijing: their first seven signs are the month there. */
const monthOf = (instant: string): string => instant.slice(0, 7);

const Figures = ({ structure, units, scope }: PupilsQuery & { scope: string }) => {
  const t = useTexts(texts);
  const formats = useFormats();
  const grades = useMemo(() => (structure ? gradeRows(structure) : []), [structure]);
  if (!structure) return null;
  const below = isSchool(scope) ? [] : (units?.rows ?? []);
  const month = monthOf(structure.asOf);
  return (
    <>
      <Typography.Paragraph type="secondary">
        {t.asOf} {formats.instant(structure.asOf)}
      </Typography.Paragraph>
      <div className="panels">
        <KeyFigures total={structure.total} grades={grades} units={below.length} />
        <div className={below.length > 0 ? 'panels-half' : ''}>
          {grades.length > 0 ? <StructurePanel grades={grades} /> : <Empty description={t.noPupils} />}
        </div>
        {below.length > 0 && (
          <div className="panels-half">
            <RankingPanel rows={below} />
          </div>
        )}
        <div className="panels-half">
          <TimelinessPanel month={month} scope={scope} />
        </div>
        <div className="panels-half">
          <TicketsPanel month={month} scope={scope} />
        </div>
      </div>
    </>
  );
};

/** Key figures of a unit and everything below it, as they change; the unit stands in the address, the viewer's own by default. */
export default function OverviewPage() {
  const t = useTexts(texts);
  const [search] = useSearchParams();
  const own = workplaceOf(useViewer()) ?? '';
  const scope = search.get('scope') ?? own;
  const client = useApolloClient();
  useLive(StatisticsUpdatedDocument, { scope }, () => {
    void client.refetchQueries({ include: [PupilsDocument] });
  });
  return (
    <>
      <PageHead title={t.title} above={<PlaceTrail scope={scope} own={own} />} />
      <Answer document={PupilsDocument} variables={{ scope }} select={({ structure }) => structure}>
        {(pupils) => <Figures {...pupils} scope={scope} />}
      </Answer>
    </>
  );
}
