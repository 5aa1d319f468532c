import type { Actor } from '#libs/platform/actor/actor.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { endOfDay } from './stock/months.ts';
import { coveredScope } from './table/covered-scope.ts';
import { groupCounts } from './table/group.ts';
import { levelBelow, wholeOf } from './table/parts.ts';
import { type Arguments, readQuestion } from './table/question.ts';
import { readCounts } from './table/read-counts.ts';
import { labelled, type StatisticsTable } from './table/table.ts';

export const MINISTRY = '000000';

/**
 * Counts of the pupils registered in a unit or school, exact, now or at the end of any past day, for the unit itself and those above it. Throws
 * BAD_USER_INPUT with every problem, OUT_OF_JURISDICTION for anybody and anything else.
 */
export const enrollmentStatistics = async (
  core: ServiceCore,
  caller: Actor | null,
  asked: Arguments,
): Promise<StatisticsTable> => {
  const actor = authorize(caller, 'statistics.read');
  const question = readQuestion(asked, core.clock.today());
  const asOf = question.day === undefined ? core.clock.now() : endOfDay(question.day);
  const { scope, range, own } = await coveredScope(core, actor, question.scope);
  const parts = question.by.includes('UNIT')
    ? levelBelow(scope, range, (await core.directory.units()).values())
    : wholeOf(scope, range);
  const promotions = (await core.directory.promotions()).map(({ schoolYear, effectiveAt }) => ({
    schoolYear,
    at: new Date(effectiveAt),
  }));
  const counts = await readCounts(core.app, own, parts, question);
  const rows = groupCounts(counts, question, { at: new Date(asOf), promotions });
  return {
    scope,
    asOf,
    dimensions: question.by,
    total: rows.reduce((sum, { n }) => sum + n, 0),
    rows: await labelled(
      core.directory,
      rows.map((row) => ({
        keys: question.by.map((dimension, key) => [dimension, row.values[key] ?? ''] as const),
        count: row.n,
      })),
    ),
    suppressed: false,
    findings: [],
  };
};
