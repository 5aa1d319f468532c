import { SchoolArchivesSettled } from '#libs/contracts/events/archive-closure.ts';
import { EnrollmentStatus } from '#libs/contracts/vocabulary.ts';
import { hasGrade } from '#libs/law/organization/succession.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { archivesLeftAt, copiesSucceed, succeedNext } from '../custody/succeed-all.ts';
import { type Closure, closuresWhere, countMoved, endClosure } from './closure-rows.ts';
import { noteMoved } from './take-back.ts';

/** Archives of one transaction. */
const atOnce = 500;

const seated = EnrollmentStatus.options.filter(hasGrade);

/** Pupils who sit in a grade of the school or may come back to one: their archives follow them, so the school waits for them. */
const hasPupils = async (tx: Tx, { school, place }: Closure): Promise<boolean> =>
  (
    await query(
      tx,
      'select 1 from archive where target_place = $2 and school = $1 and status = any($3::text[]) limit 1',
      [school, place, seated],
    )
  ).length > 0;

const settled = async (
  tx: Tx,
  { id, school, place, province, moved }: Closure,
  at: string,
): Promise<void> => {
  await endClosure(tx, school, at);
  await recordEvents(tx, at, [
    recorded(SchoolArchivesSettled, `archive-closure:${id}:settled`, 1, {
      closure: id,
      school,
      place,
      province,
      moved,
    }),
  ]);
};

/**
 * Moves the next archives of a school that is to be closed to the custodian that was named, once no pupil sits there any more;
 * with the last one it tells that the school can end (ARC-14). True when there is more to do for this school.
 */
const settle = async (tx: Tx, closure: Closure, at: string): Promise<boolean> => {
  if (await hasPupils(tx, closure)) return false;
  const { school, custodian, custodianPlace } = closure;
  if (custodian === null || custodianPlace === null) {
    if ((await archivesLeftAt(tx, school)) === 0) await settled(tx, closure, at);
    return false;
  }
  const successor = { from: school, into: custodian, place: custodianPlace };
  const moved = await succeedNext(tx, successor, at, atOnce);
  if (moved.length > 0) {
    await countMoved(tx, school, moved.length);
    await noteMoved(tx, closure, custodian.code, moved);
    return true;
  }
  await copiesSucceed(tx, successor);
  await settled(tx, closure, at);
  return false;
};

/** Goes on with each closure that waits, one transaction each; true when there may be more to do at once. */
export const settleClosures = async (core: ServiceCore): Promise<boolean> => {
  let more = false;
  let after = '';
  for (;;) {
    const school = await asWorker(core.worker, async (tx) => {
      const [closure] = await closuresWhere(
        tx,
        'settled_at is null and school > $1 order by school limit 1 for update skip locked',
        [after],
      );
      if (closure === undefined) return undefined;
      const goesOn = await settle(tx, closure, core.clock.now());
      more ||= goesOn;
      return closure.school;
    });
    if (school === undefined) break;
    after = school;
  }
  if (more) core.wakeRelay();
  return more;
};
