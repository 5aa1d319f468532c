import type { Promotion } from '#libs/law/enrollment/grade.ts';
import type { Finding } from '#libs/law/finding.ts';
import { judgeYearsTaught } from '#libs/law/organization/succession.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { emptyScope, inScope } from '#libs/platform/database/scope.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { School } from '../entities.ts';
import { unitOf } from '../school/change-school.ts';
import { treeAround } from '../store/units.ts';
import { lawPlaceOf } from '../tree/law-place.ts';
import { promotionsIn } from './commands/merge-schools.ts';
import type { Merger } from './merger-rows.ts';
import { pupilsOf, type Roll, rollsOf, seatedYears } from './rolls.ts';

/** How far a merger has come, in registrations, and what keeps pupils back. */
export type Progress = { moved: number; left: number; findings: Finding[] };

const movedBy = async (tx: Tx, { id }: Merger): Promise<number> => {
  const [row] = await query<{ n: number }>(
    tx,
    'select count(*)::int as n from school_registration where moved_by = $1',
    [id],
  );
  return row?.n ?? 0;
};

const keptBack = async (
  tx: Tx,
  { standing, parts }: Merger,
  rollOf: (school: string) => Roll,
  { now, today, promotions }: { now: Date; today: string; promotions: readonly Promotion[] },
): Promise<Finding[]> => {
  const schools = await tx.find(School, { code: { $in: [standing, ...parts.map(({ school }) => school)] } });
  const into = schools.find(({ code }) => code === standing);
  if (into === undefined) return [];
  const tree = await treeAround(tx, [into.unit]);
  const seated = schools
    .filter(({ code }) => code !== standing)
    .flatMap((school) => seatedYears(school, rollOf(school.code), now, promotions));
  return judgeYearsTaught(seated, into.stages, today, lawPlaceOf(tree, unitOf(tree, into.unit)));
};

/** Counts of a merger. What has moved on since, by another merger, is told by what was counted when each school ended. */
export const progressOf = (
  { app, clock }: Pick<ServiceCore, 'app' | 'clock'>,
  merger: Merger,
): Promise<Progress> =>
  inScope(app, emptyScope, async (tx) => {
    const { parts, doneAt, revocation, from } = merger;
    if (revocation !== null) return { moved: 0, left: 0, findings: [] };
    if (doneAt !== null)
      return { moved: parts.reduce((sum, { moved }) => sum + (moved ?? 0), 0), left: 0, findings: [] };
    const rollOf = await rollsOf(
      tx,
      parts.map(({ school }) => school),
    );
    const left = parts
      .map(({ school }) => rollOf(school))
      .reduce((sum, roll) => sum + roll.standing + pupilsOf(roll), 0);
    const today = clock.today();
    const asks = { now: new Date(clock.now()), today, promotions: await promotionsIn(tx) };
    const findings = from <= today ? await keptBack(tx, merger, rollOf, asks) : [];
    return { moved: await movedBy(tx, merger), left, findings };
  });

/** Whether somebody may see how many pupils a merger moves: whoever sees the counts of one of its schools. */
export const seesCounts = async (
  { directory }: Pick<ServiceCore, 'directory'>,
  actor: Actor | null,
  { standing, parts }: Merger,
): Promise<boolean> => {
  if (actor === null || !isGranted(actor, 'statistics.read')) return false;
  const own = await directory.workplaceOf(actor);
  if (own === undefined) return false;
  const schools = await directory.schoolsOf([standing, ...parts.map(({ school }) => school)]);
  return [...schools.values()].some(({ place }) => own.lo <= place && place <= own.hi);
};
