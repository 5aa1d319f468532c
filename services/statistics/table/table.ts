import type { Finding } from '#libs/law/finding.ts';
import type { PublishedCount } from '#libs/law/statistics/suppression.ts';
import type { Directory } from '#libs/platform/directory/directory.ts';
import { shown } from './disclosure.ts';
import { labelOf } from './labels.ts';
import type { Dimension } from './question.ts';

/** A row as it leaves: `count` is null where it is suppressed. */
export type TableRow = {
  keys: { dimension: Dimension; value: string; label: string | null }[];
  count: number | null;
  display: string;
};

/** A table as it leaves. */
export type StatisticsTable = {
  scope: string;
  asOf: string;
  dimensions: readonly Dimension[];
  total: number | null;
  rows: TableRow[];
  suppressed: boolean;
  findings: Finding[];
};

/** Values by dimension, and how many; null where the count is not told. */
export type DisclosedRow = { keys: readonly (readonly [Dimension, string])[]; count: PublishedCount };

/** Writes names beside the codes. */
export const labelled = async (directory: Directory, rows: readonly DisclosedRow[]): Promise<TableRow[]> => {
  const codes = new Set(
    rows.flatMap(({ keys }) => keys.flatMap(([dimension, value]) => (dimension === 'UNIT' ? [value] : []))),
  );
  const units = await directory.units();
  const schools = await directory.schoolsOf([...codes].filter((code) => !units.has(code)));
  const nameOf = (code: string): string | null => units.get(code)?.name ?? schools.get(code)?.name ?? null;
  return rows.map(({ keys, count }) => ({
    keys: keys.map(([dimension, value]) => ({
      dimension,
      value,
      label: dimension === 'UNIT' ? nameOf(value) : labelOf(dimension, value),
    })),
    ...shown(count),
  }));
};
