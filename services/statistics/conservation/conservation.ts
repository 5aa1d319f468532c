import { addDays } from '#libs/law/dates.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker, inScope } from '#libs/platform/database/scope.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { FlowRow } from '../flows/flow-statistics.ts';
import { groupFlows } from '../flows/flow-statistics.ts';
import { flowLabels } from '../flows/labels.ts';
import { type Period, type PeriodArguments, readPeriod } from '../flows/question.ts';
import { readFlows } from '../flows/read-flows.ts';
import type { PlaceRange } from '../stock/blocks.ts';
import { coveredScope } from '../table/covered-scope.ts';
import { wholeOf } from '../table/parts.ts';
import { readCounts } from '../table/read-counts.ts';
import { type UnbalancedCase, unbalancedIn } from './unbalanced.ts';

/** CATCHING_UP: the counts or the flows have yet to hear of some events, so nothing can be said. */
export type Balance = 'BALANCED' | 'UNBALANCED' | 'CATCHING_UP';

/** Opening, in, out and closing of a unit or school over a period, and the cases by which they do not agree. */
export type Conservation = Period & {
  scope: string;
  asOf: string;
  opening: number;
  entered: number;
  left: number;
  closing: number;
  /** closing - (opening + entered - left). */
  difference: number;
  balance: Balance;
  flows: FlowRow[];
  unbalanced: UnbalancedCase[];
};

const countOf = async (core: ServiceCore, own: PlaceRange, scope: string, range: PlaceRange, day: string) =>
  (await readCounts(core.app, own, wholeOf(scope, range), { filter: {}, day })).reduce(
    (sum, { n }) => sum + n,
    0,
  );

type Covered = { scope: string; range: PlaceRange; own: PlaceRange };

const figuresOf = async (core: ServiceCore, { scope, range, own }: Covered, { from, to }: Period) => {
  const opening = await countOf(core, own, scope, range, addDays(from, -1));
  const counts = await inScope(core.app, { ...own, persons: [] }, (tx) =>
    readFlows(tx, wholeOf(scope, range), { from, to, by: ['KIND'], filter: {} }),
  );
  const closing = await countOf(core, own, scope, range, to);
  const rows = groupFlows(counts, ['KIND'], []);
  const [entered, left] = [
    rows.reduce((sum, row) => sum + row.entered, 0),
    rows.reduce((sum, row) => sum + row.left, 0),
  ];
  return { opening, entered, left, closing, difference: closing - (opening + entered - left), rows };
};

/** Where the counts and the flows stand in the log of enrollment: equal where both have heard the same. */
const placesOf = (core: ServiceCore): Promise<string> =>
  asWorker(core.worker, async (tx) => {
    const rows = await query<{ seq: string }>(
      tx,
      `select distinct seq from inbox_checkpoint
       where consumer = any('{stock,flows}') and source = 'enrollment' order by seq`,
    );
    return rows.map(({ seq }) => seq).join(' ');
  });

const tries = 20;
const pause = 100;

/** Figures that both read models give from the same events, or the last ones where neither comes to rest. */
const settledFigures = async (core: ServiceCore, covered: Covered, period: Period) => {
  for (let attempt = 1; ; attempt++) {
    const before = await placesOf(core);
    const figures = await figuresOf(core, covered, period);
    const isSettled = !before.includes(' ') && before === (await placesOf(core));
    if (figures.difference === 0 || isSettled || attempt >= tries) return { ...figures, isSettled };
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
};

/**
 * Whether opening + in - out = closing for a unit or school over a period (both days included). Opening and closing come from
 * the counts, in and out from the flows, which are kept apart; where they do not agree, the registrations by which they do
 * not are named, without names of persons. Throws BAD_USER_INPUT and OUT_OF_JURISDICTION as the counts do (PRV-12).
 */
export const conservation = async (
  core: ServiceCore,
  caller: Actor | null,
  asked: PeriodArguments,
): Promise<Conservation> => {
  const actor = authorize(caller, 'statistics.read');
  const period = readPeriod(asked, core.clock.today());
  const covered = await coveredScope(core, actor, period.scope);
  const { rows, isSettled, ...figures } = await settledFigures(core, covered, period);
  const isOff = figures.difference !== 0;
  return {
    ...{ ...period, scope: covered.scope, asOf: core.clock.now() },
    ...figures,
    balance: !isOff ? 'BALANCED' : isSettled ? 'UNBALANCED' : 'CATCHING_UP',
    flows: await flowLabels(
      core.directory,
      ['KIND'],
      rows.map((row) => ({ ...row, count: row.entered + row.left + row.within })),
    ),
    unbalanced:
      isOff && isSettled ? await asWorker(core.worker, (tx) => unbalancedIn(tx, covered.range, period)) : [],
  };
};
