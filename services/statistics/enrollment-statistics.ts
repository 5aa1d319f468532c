import type { Actor } from '#libs/platform/actor/actor.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { PlaceRange } from './stock/blocks.ts';
import { disclose, readerOf } from './table/disclosure.ts';
import { groupCounts } from './table/group.ts';
import { levelBelow, wholeOf } from './table/parts.ts';
import { type Arguments, readQuestion } from './table/question.ts';
import { readCounts } from './table/read-counts.ts';
import { labelled, type StatisticsTable } from './table/table.ts';

export const MINISTRY = '000000';

type Covered = { scope: string; range: PlaceRange; own: PlaceRange };

/** The scope asked for, if it lies inside the caller's own; throws OUT_OF_JURISDICTION for any other (PRV-12). */
const coveredScope = async (core: ServiceCore, actor: Actor, asked: string | undefined): Promise<Covered> => {
  const own = await core.directory.workplaceOf(actor);
  const scope = asked ?? own?.code;
  const range = scope === undefined ? undefined : await core.directory.rangeOf(scope);
  if (scope === undefined || range === undefined || own === undefined) throw outOfJurisdiction();
  if (readerOf(own, range) !== 'EXACT') throw outOfJurisdiction();
  return { scope, range, own };
};

/**
 * Counts of the pupils registered in a unit or school, exact, for the unit itself and those above it. Throws
 * BAD_USER_INPUT with every problem, OUT_OF_JURISDICTION for anybody and anything else.
 */
export const enrollmentStatistics = async (
  core: ServiceCore,
  caller: Actor | null,
  asked: Arguments,
): Promise<StatisticsTable> => {
  const actor = authorize(caller, 'statistics.read');
  const now = core.clock.now();
  const question = readQuestion(asked, core.clock.today());
  const { scope, range, own } = await coveredScope(core, actor, question.scope);
  const parts = question.by.includes('UNIT')
    ? levelBelow(scope, range, (await core.directory.units()).values())
    : wholeOf(scope, range);
  const promotions = (await core.directory.promotions()).map(({ schoolYear, effectiveAt }) => ({
    schoolYear,
    at: new Date(effectiveAt),
  }));
  const counts = await readCounts(core.app, own, parts, question);
  const rows = groupCounts(counts, question, { at: new Date(now), promotions });
  const table = disclose(
    rows.map((row) => [row.n]),
    readerOf(own, range),
  );
  return {
    scope,
    asOf: now,
    dimensions: question.by,
    total: table.total,
    rows: await labelled(
      core.directory,
      rows.map((row, at) => ({
        keys: question.by.map((dimension, key) => [dimension, row.values[key] ?? ''] as const),
        count: table.rowTotals[at] ?? null,
      })),
    ),
    suppressed: false,
    findings: [],
  };
};
