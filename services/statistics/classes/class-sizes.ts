import { BANDS, type Band, LARGE, OVERSIZED } from '#libs/contracts/class-sizes.ts';
import { gradeOn, lawPromotions, type Promotion } from '#libs/law/enrollment/grade.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { badInput } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { coveredScope } from '../table/covered-scope.ts';
import { rankOf } from '../table/labels.ts';
import { levelBelow, type Parts, wholeOf } from '../table/parts.ts';
import type { Dimension } from '../table/question.ts';
import { singlesIn } from '../table/singles-in.ts';
import { labelled, type TableRow } from '../table/table.ts';

/** How many classes there are, by size, and how many pupils sit in them. */
export type ClassFigures = {
  classes: number;
  pupils: number;
  averageSize: number | null;
  large: number;
  oversized: number;
  bands: { band: Band; classes: number; pupils: number }[];
};

/** Sizes of classes of a scope as a whole, and by unit, stage and grade as asked. */
export type ClassSizes = {
  scope: string;
  asOf: string;
  dimensions: readonly Dimension[];
  total: ClassFigures;
  rows: (Pick<TableRow, 'keys'> & { figures: ClassFigures })[];
};

const ALLOWED = ['UNIT', 'STAGE', 'GRADE'] as const satisfies readonly Dimension[];
type Allowed = (typeof ALLOWED)[number];

type Count = {
  unit: string;
  stage: string;
  entryYearAdj: number;
  lastGrade: number;
  band: Band;
  classes: number;
  pupils: number;
};

const group = `stage, entry_year_adj as "entryYearAdj", last_grade as "lastGrade", band,
  sum(classes)::int as classes, sum(pupils)::int as pupils`;

const readClasses = async (tx: Tx, parts: Parts): Promise<Count[]> => {
  const blocks = parts.units.flatMap(({ unit, blocks: own }) => own.map((block) => ({ unit, ...block })));
  const units = await query<Count>(
    tx,
    `select part.unit, ${group} from unnest($1::text[], $2::bigint[], $3::bigint[]) as part (unit, place, width)
     join class_cell using (place, width) group by 1, 2, 3, 4, 5`,
    [blocks.map(({ unit }) => unit), blocks.map(({ place }) => place), blocks.map(({ width }) => width)],
  );
  const schools = await query<Count>(
    tx,
    `select coalesce((select min(code) from school_ref where school_ref.place = cell.place), cell.place::text) as unit, ${group}
     from ${singlesIn('class_cell', 1)} group by 1, 2, 3, 4, 5`,
    [parts.schoolsIn.map(({ lo }) => lo), parts.schoolsIn.map(({ hi }) => hi)],
  );
  return [...units, ...schools];
};

const figuresOf = (counts: readonly Count[]): ClassFigures => {
  const bands = BANDS.map(({ band }) => {
    const own = counts.filter((count) => count.band === band);
    return {
      band,
      classes: own.reduce((sum, { classes }) => sum + classes, 0),
      pupils: own.reduce((sum, { pupils }) => sum + pupils, 0),
    };
  });
  const sumOf = (of: 'classes' | 'pupils') => bands.reduce((sum, band) => sum + band[of], 0);
  const [classes, pupils] = [sumOf('classes'), sumOf('pupils')];
  const classesOf = (wanted: Band) => bands.find(({ band }) => band === wanted)?.classes ?? 0;
  return {
    ...{ classes, pupils, averageSize: classes === 0 ? null : pupils / classes },
    large: classesOf(LARGE),
    oversized: classesOf(OVERSIZED),
    bands,
  };
};

const isAllowed = (dimension: Dimension): dimension is Allowed =>
  ALLOWED.some((known) => known === dimension);

const readBy = (by: readonly Dimension[]): Allowed[] => {
  const known = by.filter(isAllowed);
  if (known.length === by.length && new Set(by).size === by.length) return known;
  throw badInput([
    {
      path: ['by'],
      code: 'CLASS_DIMENSIONS',
      message: `班额只按 ${ALLOWED.join('、')} 统计，每个一次。 Each of these once, and no other.`,
    },
  ]);
};

const valueIn = (count: Count, dimension: Allowed, at: Date, promotions: readonly Promotion[]): string => {
  if (dimension === 'UNIT') return count.unit;
  if (dimension === 'STAGE') return count.stage;
  return String(gradeOn({ entryYearAdj: count.entryYearAdj, lastGrade: count.lastGrade }, at, promotions));
};

const inOrder =
  (by: readonly Allowed[]) =>
  ([a]: [string, unknown], [b]: [string, unknown]): number => {
    const [left, right] = [a.split('|'), b.split('|')];
    for (const [at, dimension] of by.entries()) {
      const [one = '', other = ''] = [left[at], right[at]];
      const order =
        dimension === 'UNIT'
          ? one.length - other.length || Number(one) - Number(other)
          : rankOf(dimension, one) - rankOf(dimension, other);
      if (order !== 0) return order;
    }
    return 0;
  };

/**
 * How large the classes are in which pupils sit now, of a scope and by unit, stage and grade, for the unit itself and those above
 * it. Throws BAD_USER_INPUT, OUT_OF_JURISDICTION (PRV-12).
 */
export const classSizes = async (
  core: ServiceCore,
  caller: Actor | null,
  asked: { scope?: string | null; by: readonly Dimension[] },
): Promise<ClassSizes> => {
  const actor = authorize(caller, 'statistics.read');
  const by = readBy(asked.by);
  const asOf = core.clock.now();
  const { scope, range, own } = await coveredScope(core, actor, asked.scope ?? undefined);
  const parts = by.includes('UNIT')
    ? levelBelow(scope, range, (await core.directory.units()).values())
    : wholeOf(scope, range);
  const promotions = lawPromotions(await core.directory.promotions());
  const counts = await inScope(core.app, { ...own, persons: [] }, (tx) => readClasses(tx, parts));
  const groups = [
    ...Map.groupBy(counts, (count) =>
      by.map((dimension) => valueIn(count, dimension, new Date(asOf), promotions)).join('|'),
    ),
  ].sort(inOrder(by));
  const names = await labelled(
    core.directory,
    groups.map(([name]) => {
      const values = name.split('|');
      return { keys: by.map((dimension, at) => [dimension, values[at] ?? ''] as const), count: 0 };
    }),
  );
  return {
    ...{ scope, asOf, dimensions: by, total: figuresOf(counts) },
    rows: groups.map(([, own], at) => ({ keys: names[at]?.keys ?? [], figures: figuresOf(own) })),
  };
};
