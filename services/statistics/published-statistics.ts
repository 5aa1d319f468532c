import type { UnitFact } from '#libs/contracts/events/organization.ts';
import { Stage } from '#libs/contracts/vocabulary.ts';
import { judgeCount } from '#libs/law/statistics/suppression.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { MINISTRY } from './enrollment-statistics.ts';
import { blocksOfRange, gapsIn, type PlaceRange } from './stock/blocks.ts';
import { disclose } from './table/disclosure.ts';
import type { Count } from './table/group.ts';
import { type Part, unitsBelow } from './table/parts.ts';
import { readCounts } from './table/read-counts.ts';
import { type DisclosedRow, labelled, type StatisticsTable } from './table/table.ts';

const dimensions = ['UNIT', 'STAGE'] as const;

/** Every province, whether it has pupils or not, and what is nobody's but the ministry's, where there is any. */
const partsOf = (units: readonly UnitFact[], nation: PlaceRange): Part[] => [
  ...units.map((unit) => ({ unit: unit.code, blocks: blocksOfRange(unit) })),
  { unit: MINISTRY, blocks: gapsIn(nation, units).flatMap(blocksOfRange) },
];

type Grid = { units: string[]; stages: string[]; counts: number[][] };

const gridOf = (parts: readonly Part[], counts: readonly Count[]): Grid => {
  const sumOf = (keep: (count: Count) => boolean) =>
    counts.filter(keep).reduce((total, count) => total + count.n, 0);
  const units = parts
    .map((part) => part.unit)
    .filter((unit) => unit !== MINISTRY || sumOf((count) => count.unit === unit) > 0);
  const stages = Stage.options.filter((stage) => sumOf((count) => count.stage === stage) > 0);
  return {
    units,
    stages,
    counts: units.map((unit) =>
      stages.map((stage) => sumOf((count) => count.unit === unit && count.stage === stage)),
    ),
  };
};

const publish = async (core: ServiceCore): Promise<StatisticsTable> => {
  const asOf = core.clock.now();
  const nation = await core.directory.rangeOf(MINISTRY);
  const provinces = unitsBelow(MINISTRY, (await core.directory.units()).values());
  const parts = nation === undefined ? [] : partsOf(provinces, nation);
  const counts =
    nation === undefined
      ? []
      : await readCounts(core.app, nation, { units: parts, schoolsIn: [] }, { filter: {} });
  const { units, stages, counts: grid } = gridOf(parts, counts);
  const table = disclose(grid, 'PUBLISHED');
  const rows: DisclosedRow[] = [
    ...stages.map(
      (stage, at): DisclosedRow => ({
        keys: [['STAGE', stage]],
        count: table.columnTotals[at] ?? null,
      }),
    ),
    ...units.flatMap((unit, row): DisclosedRow[] => [
      { keys: [['UNIT', unit]], count: table.rowTotals[row] ?? null },
      ...stages.map(
        (stage, at): DisclosedRow => ({
          keys: [
            ['UNIT', unit],
            ['STAGE', stage],
          ],
          count: table.cells[row]?.[at] ?? null,
        }),
      ),
    ]),
  ];
  const suppressed = table.total === null || rows.some((row) => row.count === null);
  return {
    scope: MINISTRY,
    asOf,
    dimensions,
    total: table.total,
    rows: await labelled(core.directory, rows),
    suppressed,
    findings: suppressed ? judgeCount(0, core.clock.today(), { province: MINISTRY }) : [],
  };
};

const keptFor = 60_000;

/**
 * Totals by province and stage for everybody, small ones suppressed (STA-08): a row a province and stage, and one
 * for each province and each stage as a whole. The same table for a minute; `elapsed` in milliseconds.
 */
export const createPublication = (core: ServiceCore, elapsed: () => number = () => performance.now()) => {
  let kept: { table: Promise<StatisticsTable>; at: number } | undefined;
  return (): Promise<StatisticsTable> => {
    if (kept !== undefined && elapsed() - kept.at < keptFor) return kept.table;
    const table = publish(core);
    kept = { table, at: elapsed() };
    table.catch(() => {
      kept = undefined;
    });
    return table;
  };
};
