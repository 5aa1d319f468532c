import type { Band } from '#libs/contracts/class-sizes.ts';
import type { ClassSizes } from '../classes/class-sizes.ts';
import type { DropoutFigures, DropoutStatistics } from '../dropout/dropout-statistics.ts';
import type { FlowTable } from '../flows/flow-statistics.ts';
import { isMatrix } from '../flows/question.ts';
import type { Dimension } from '../table/question.ts';
import type { TableRow } from '../table/table.ts';
import type { ExportedTable } from './content.ts';

type Counts = { scope: string; asOf: string; dimensions: readonly Dimension[]; rows: readonly TableRow[] };

/** A table of counts, hidden and rounded ones as they are shown. */
export const exportedCounts = (title: string, { scope, asOf, dimensions, rows }: Counts): ExportedTable => ({
  ...{ title, scope, asOf, dimensions, heads: ['人数', '约数取整'] },
  rows: rows.map(({ keys, count, display, roundedTo }) => ({
    keys,
    figures: [count ?? display, roundedTo ?? ''],
  })),
});

/** A table of flows; where from and where to has no in and out. */
export const exportedFlows = ({ scope, from, to, asOf, dimensions, rows }: FlowTable): ExportedTable => {
  const sides = isMatrix(dimensions) ? [] : (['entered', 'left', 'within'] as const);
  return {
    ...{ title: '学籍流动统计', scope, asOf, period: `${from}至${to}`, dimensions },
    heads: [...(isMatrix(dimensions) ? [] : ['进入', '离开', '内部变动']), '人次'],
    rows: rows.map((row) => ({
      keys: row.keys,
      figures: [...sides.map((side) => row[side] ?? ''), row.count],
    })),
  };
};

const BANDS: readonly (readonly [Band, string])[] = [
  ['UP_TO_25', '25人及以下'],
  ['FROM_26_TO_35', '26至35人'],
  ['FROM_36_TO_45', '36至45人'],
  ['FROM_46_TO_55', '46至55人'],
  ['FROM_56_TO_65', '56至65人（大班额）'],
  ['FROM_66', '66人及以上（超大班额）'],
];

const tenths = (number: number): number => Math.round(number * 10) / 10;

/** A table of class sizes, with classes by band. */
export const exportedClasses = ({ scope, asOf, dimensions, rows }: ClassSizes): ExportedTable => ({
  ...{ title: '班额统计', scope, asOf, dimensions },
  heads: ['班级数', '学生数', '平均班额', ...BANDS.map(([, name]) => name)],
  rows: rows.map(({ keys, figures: { classes, pupils, averageSize, bands } }) => ({
    keys,
    figures: [
      ...[classes, pupils, averageSize === null ? '' : tenths(averageSize)],
      ...BANDS.map(([wanted]) => bands.find(({ band }) => band === wanted)?.classes ?? 0),
    ],
  })),
});

const DROPOUTS: readonly (readonly [keyof DropoutFigures, string])[] = [
  ['opened', '线索'],
  ['marked', '标注辍学'],
  ['reported', '书面报告'],
  ['cleared', '核实消除'],
  ['returned', '返校'],
  ['stayed', '返校稳定'],
  ['agedOut', '超过义务教育年龄'],
];

/** A table of dropouts of a term: the scope as a whole, then the units one level below. */
export const exportedDropouts = ({ scope, term, asOf, total, rows }: DropoutStatistics): ExportedTable => {
  const rowOf = (figures: DropoutFigures & { from: string | null; to: string | null }) => [
    ...[figures.from ?? '', figures.to ?? ''],
    ...DROPOUTS.map(([name]) => figures[name]),
  ];
  return {
    ...{ title: '控辍保学统计', scope, asOf, dimensions: ['UNIT'] },
    period: `${term.schoolYear}学年${term.term === 1 ? '秋季' : '春季'}学期`,
    heads: ['自', '至', ...DROPOUTS.map(([, name]) => name)],
    rows: [
      { keys: [], figures: rowOf(total) },
      ...rows.map((row) => ({
        keys: [{ dimension: 'UNIT' as const, value: row.unit, label: row.name }],
        figures: rowOf(row),
      })),
    ],
  };
};
