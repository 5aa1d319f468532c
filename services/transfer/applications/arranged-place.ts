import { holdPlace, releasePlace } from '#libs/contracts/commands/hand-over-registration.ts';
import { judgePlaces } from '#libs/law/transfer/places.ts';
import { ask } from '#libs/platform/commands/internal.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { versionConflict } from '#libs/platform/errors/errors.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { longAskedBefore } from '../cases/asked-place.ts';
import { type CaseFinding, gradeNotHere, noPlaceHeld } from '../cases/own-finding.ts';
import type { Situation } from '../cases/situation.ts';
import { seatsOf } from '../cases/start-facts.ts';
import { onRow } from '../workers/set-aside.ts';
import type { ApplicationWork } from './on-application.ts';

type Core = Pick<ServiceCore, 'worker' | 'bus' | 'clock'>;

/**
 * Notes, before a place is asked for, that an arrangement is about to hold one: the place is another service's, and what
 * holds it here may not come to be. The note stands as long as a place may be held for the application.
 */
export const noteArranging = async ({ worker, clock }: Core, id: string): Promise<void> => {
  await asWorker(worker, (tx) =>
    execute(
      tx,
      `update transfer_application set place_noted_at = $2 where application_id = $1 and state = 'ARRANGING'`,
      [id, clock.now()],
    ),
  );
};

/** Holds the place that a county arranges (TRF-09); what stands against it where none is free, nothing where one is held. */
export const holdArranged = async (
  { core, tx, record: { id, kind, version } }: ApplicationWork,
  { target, cohort, today }: Situation,
): Promise<CaseFinding[]> => {
  if (cohort === undefined) return [gradeNotHere];
  const note = 'select 1 from transfer_application where application_id = $1 and place_noted_at is not null';
  if ((await query(tx, note, [id])).length === 0) throw versionConflict(version);
  const { stage, entryYearAdj } = cohort;
  const wanted = { transfer: id, school: target.school.code, stage, entryYearAdj, schoolClass: null };
  const { held, grade } = await ask(core.bus, holdPlace, wanted);
  if (held) return [];
  const law = judgePlaces({ kind, stage, grade: seatsOf(grade) }, today, target.place);
  return law.length > 0 ? law : [noPlaceHeld];
};

const giveBack = async (tx: Tx, { bus }: Core, id: string): Promise<void> => {
  await ask(bus, releasePlace, { transfer: id });
  await execute(tx, 'update transfer_application set place_noted_at = null where application_id = $1', [id]);
};

const take = 'limit 1 for update skip locked';

/** Gives back at once what an arrangement that failed may have left behind. A place is held only under the row's lock. */
export const giveBackUnarranged = (core: Core, id: string): Promise<void> =>
  asWorker(core.worker, async (tx) => {
    const left = `select 1 from transfer_application
      where application_id = $1 and place_noted_at is not null and place_kept_until is null ${take}`;
    if ((await query(tx, left, [id])).length > 0) await giveBack(tx, core, id);
  });

const over = `place_noted_at is not null and (ended_at is not null or place_kept_until < $1::date
  or (place_kept_until is null and place_noted_at <= $2))`;

/**
 * Gives the next place back that a county has arranged and nobody waits for any more: the application has ended, with its case
 * or without, the place was kept for long enough, or the arrangement did not come to be. True when there may be more.
 */
export const releaseNextArranged = (core: ServiceCore): Promise<boolean> =>
  onRow(core, 'transfer_application', async (tx, { isFree, now, took }) => {
    const [found] = await query<{ id: string }>(
      tx,
      `select application_id as id from transfer_application where ${over} and ${isFree(3)}
       order by application_id ${take}`,
      [core.clock.today(), longAskedBefore(core), now],
    );
    if (found === undefined) return false;
    took(found.id);
    await giveBack(tx, core, found.id);
    return true;
  });
