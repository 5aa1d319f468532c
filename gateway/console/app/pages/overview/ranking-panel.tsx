import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { Panel } from '../../layout/panel.tsx';
import type { PupilsQuery } from './generated/pupils.ts';
import { useOverviewOf } from './scope.ts';
import { texts } from './texts.ts';

type Row = NonNullable<PupilsQuery['units']>['rows'][number];

const codeOf = ({ keys }: Row): string => keys[0]?.value ?? '';

/** So many units are shown at once. */
const FIRST = 20;

const Share = ({ count, sum, largest }: { count: number | null; sum: number; largest: number }) => {
  const formats = useFormats();
  if (count === null || sum === 0) return null;
  return (
    <>
      {formats.percent(count / sum)}
      <span className="share" style={{ width: `${(100 * count) / largest}%` }} />
    </>
  );
};

/** The units one level below, the largest first; each leads to its own overview. */
export const RankingPanel = ({ rows }: { rows: readonly Row[] }) => {
  const t = useTexts(texts);
  const overviewOf = useOverviewOf();
  const [isWhole, setWhole] = useState(false);
  const ranked = rows.toSorted((one, other) => (other.count ?? 0) - (one.count ?? 0));
  const sum = rows.reduce((all, { count }) => all + (count ?? 0), 0);
  const largest = ranked[0]?.count ?? 0;
  return (
    <Panel title={t.ranking}>
      <table className="ranking">
        <thead>
          <tr>
            <th scope="col">{t.unit}</th>
            <th scope="col">{t.pupils}</th>
            <th scope="col">{t.share}</th>
          </tr>
        </thead>
        <tbody>
          {(isWhole ? ranked : ranked.slice(0, FIRST)).map((row) => (
            <tr key={codeOf(row)}>
              <td>
                <Link to={overviewOf(codeOf(row))}>{row.keys[0]?.label ?? codeOf(row)}</Link>
              </td>
              <td>{row.display}</td>
              <td>
                <Share count={row.count} sum={sum} largest={largest} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {ranked.length > FIRST && (
        <Button type="link" onClick={() => setWhole(!isWhole)} aria-expanded={isWhole}>
          {isWhole ? t.fewer : t.all}
        </Button>
      )}
    </Panel>
  );
};
