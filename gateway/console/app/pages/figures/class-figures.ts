import type { ClassTableQuery } from './generated/class-table.ts';

type Row = NonNullable<ClassTableQuery['classSizes']>['rows'][number];
type Figures = Row['figures'];

/** Classes that several rows have together. */
export type ClassSums = { classes: number; pupils: number; bands: readonly number[]; tooLarge: number };

const sum = (figures: readonly Figures[], of: (each: Figures) => number): number =>
  figures.reduce((all, each) => all + of(each), 0);

/** Sums of classes and pupils; the bands in their order, smallest first. Averages are of sums, never of averages. */
export const classSums = (rows: readonly Pick<Row, 'figures'>[]): ClassSums => {
  const figures = rows.map((row) => row.figures);
  const bands = figures[0]?.bands.map(({ band }) => band) ?? [];
  return {
    classes: sum(figures, ({ classes }) => classes),
    pupils: sum(figures, ({ pupils }) => pupils),
    bands: bands.map((wanted) =>
      sum(figures, (each) => each.bands.find(({ band }) => band === wanted)?.classes ?? 0),
    ),
    tooLarge: sum(figures, ({ large, oversized }) => large + oversized),
  };
};
