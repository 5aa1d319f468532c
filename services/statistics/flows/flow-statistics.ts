import { gradeOn, type Promotion } from '#libs/law/enrollment/grade.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { endOfDay } from '../stock/months.ts';
import { coveredScope } from '../table/covered-scope.ts';
import { levelBelow, wholeOf } from '../table/parts.ts';
import { flowLabels } from './labels.ts';
import { type Move, readMoves } from './matrix.ts';
import { type FlowArguments, type FlowDimension, isMatrix, readFlowQuestion } from './question.ts';
import { type FlowCount, readFlows } from './read-flows.ts';

/** Rows of a table of flows: how many in all, and what they were to the unit of the row (null for origins and destinations). */
export type FlowRow = {
  keys: { dimension: FlowDimension; value: string; label: string | null }[];
  count: number;
  entered: number | null;
  left: number | null;
  within: number | null;
};

export type FlowTable = {
  scope: string;
  from: string;
  to: string;
  asOf: string;
  dimensions: readonly FlowDimension[];
  rows: FlowRow[];
};

type Sums = { values: readonly string[]; entered: number; left: number; within: number };

const gradeIn = ({ grade }: FlowCount, promotions: readonly Promotion[]): string =>
  grade === undefined
    ? ''
    : String(
        gradeOn(
          { ...grade, frozenAt: grade.frozenAt === null ? null : new Date(grade.frozenAt) },
          new Date(endOfDay(grade.day)),
          promotions,
        ),
      );

const valueIn = (dimension: FlowDimension, count: FlowCount, promotions: readonly Promotion[]): string => {
  if (dimension === 'UNIT') return count.unit;
  if (dimension === 'KIND') return count.kind;
  if (dimension === 'STAGE') return count.stage;
  if (dimension === 'GENDER') return count.gender;
  return dimension === 'GRADE' ? gradeIn(count, promotions) : '';
};

const fieldOf = { IN: 'entered', OUT: 'left', WITHIN: 'within' } as const;

/** Flows summed up by the dimensions asked for. */
export const groupFlows = (
  counts: readonly FlowCount[],
  by: readonly FlowDimension[],
  promotions: readonly Promotion[],
): Sums[] => {
  const rows = new Map<string, Sums>();
  for (const count of counts) {
    const values = by.map((dimension) => valueIn(dimension, count, promotions));
    const row = rows.get(values.join('|')) ?? { values, entered: 0, left: 0, within: 0 };
    row[fieldOf[count.direction]] += count.n;
    rows.set(values.join('|'), row);
  }
  return [...rows.values()];
};

const movesBy = (moves: readonly Move[], by: readonly FlowDimension[]) => {
  const rows = new Map<string, { values: string[]; n: number }>();
  const pick = { ORIGIN: 'origin', DESTINATION: 'destination', KIND: 'kind' } as const;
  for (const move of moves) {
    const values = by.map((each) =>
      each === 'ORIGIN' || each === 'DESTINATION' || each === 'KIND' ? move[pick[each]] : '',
    );
    const row = rows.get(values.join('|')) ?? { values, n: 0 };
    row.n += move.n;
    rows.set(values.join('|'), row);
  }
  return [...rows.values()];
};

/**
 * Who came, left and moved in a period (both days included), exact, of a unit or school, for the unit itself and those above
 * it. By ORIGIN and DESTINATION it is a matrix of those who were handed over: between the units one level below, and over the
 * border of the scope. Throws BAD_USER_INPUT with every problem, OUT_OF_JURISDICTION for anybody and anything else (PRV-12).
 */
export const flowStatistics = async (
  core: ServiceCore,
  caller: Actor | null,
  asked: FlowArguments,
): Promise<FlowTable> => {
  const actor = authorize(caller, 'statistics.read');
  const question = readFlowQuestion(asked, core.clock.today());
  const { by } = question;
  const { scope, range, own } = await coveredScope(core, actor, question.scope);
  const units = [...(await core.directory.units()).values()];
  const parts = by.includes('UNIT') ? levelBelow(scope, range, units) : wholeOf(scope, range);
  const promotions = (await core.directory.promotions()).map(({ schoolYear, effectiveAt }) => ({
    schoolYear,
    at: new Date(effectiveAt),
  }));
  const rows = await inScope(core.app, { ...own, persons: [] }, async (tx) =>
    isMatrix(by)
      ? movesBy(await readMoves(tx, range, units, question), by).map(({ values, n }) => ({
          ...{ values, count: n, entered: null, left: null, within: null },
        }))
      : groupFlows(await readFlows(tx, parts, question), by, promotions).map((row) => ({
          ...row,
          count: row.entered + row.left + row.within,
        })),
  );
  return {
    ...{ scope, from: question.from, to: question.to, asOf: core.clock.now(), dimensions: by },
    rows: await flowLabels(core.directory, by, rows),
  };
};
