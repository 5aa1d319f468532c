import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import type { GradeRow } from './structure.ts';
import { texts } from './texts.ts';

type Props = { total: number | null; grades: readonly GradeRow[]; units: number };

/** What one wants to know first of a unit. */
export const KeyFigures = ({ total, grades, units }: Props) => {
  const t = useTexts(texts);
  const formats = useFormats();
  const boys = grades.reduce((sum, row) => sum + row.boys, 0);
  const girls = grades.reduce((sum, row) => sum + row.girls, 0);
  const shareOf = (part: number): string =>
    boys + girls > 0 ? ` (${formats.percent(part / (boys + girls))})` : '';
  const figures = [
    { name: 'total', label: t.pupils, value: total === null ? '–' : formats.number(total) },
    { name: 'boys', label: t.boys + shareOf(boys), value: formats.number(boys) },
    { name: 'girls', label: t.girls + shareOf(girls), value: formats.number(girls) },
    ...(units > 0 ? [{ name: 'below', label: t.below, value: formats.number(units) }] : []),
  ];
  return (
    <dl className="panel figures">
      {figures.map(({ name, label, value }) => (
        <div key={name}>
          <dt>{label}</dt>
          <dd data-figure={name}>{value}</dd>
        </div>
      ))}
    </dl>
  );
};
