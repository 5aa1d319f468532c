import type { UnitFact } from '#libs/contracts/events/organization.ts';
import type { Finding } from '#libs/law/finding.ts';
import type { Directory } from '#libs/platform/directory/directory.ts';
import { type ShownCount, shown } from './disclosure.ts';
import { labelOf } from './labels.ts';
import type { Dimension } from './question.ts';

/** A row as it leaves. */
export type TableRow = ShownCount & {
  keys: { dimension: Dimension; value: string; label: string | null }[];
  /** The unit whose own level below can be asked for next. */
  drillTo: string | null;
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
export type DisclosedRow = {
  keys: readonly (readonly [Dimension, string])[];
  count: number | null;
  roundedTo?: number | null;
};

/** Writes names beside the codes. */
export const labelled = async (
  directory: Directory,
  rows: readonly DisclosedRow[],
  hasBelow: (unit: UnitFact) => boolean = () => true,
): Promise<TableRow[]> => {
  const codes = new Set(
    rows.flatMap(({ keys }) => keys.flatMap(([dimension, value]) => (dimension === 'UNIT' ? [value] : []))),
  );
  const units = await directory.units();
  const schools = await directory.schoolsOf([...codes].filter((code) => !units.has(code)));
  const nameOf = (code: string): string | null => units.get(code)?.name ?? schools.get(code)?.name ?? null;
  const drillTo = (keys: DisclosedRow['keys']): string | null => {
    const unit = units.get(keys.find(([dimension]) => dimension === 'UNIT')?.[1] ?? '');
    return unit !== undefined && hasBelow(unit) ? unit.code : null;
  };
  return rows.map(({ keys, count, roundedTo }) => ({
    drillTo: drillTo(keys),
    keys: keys.map(([dimension, value]) => ({
      dimension,
      value,
      label: dimension === 'UNIT' ? nameOf(value) : labelOf(dimension, value),
    })),
    ...shown(count, roundedTo),
  }));
};
