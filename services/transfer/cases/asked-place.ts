import { releasePlace } from '#libs/contracts/commands/hand-over-registration.ts';
import { ask } from '#libs/platform/commands/internal.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker, asWorkerOnce } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { CaseRecord } from './case-record.ts';
import { lockFirst } from './case-rows.ts';

type Core = Pick<ServiceCore, 'worker' | 'bus' | 'clock'>;

/** How long after a start was tried a place that it may have left behind is looked for, in milliseconds. */
const patience = 60_000;

/**
 * Notes, before a place is asked for, that a start is about to hold one: the place is another service's, and what holds it
 * here may not come to be. The start itself takes the note away; `by` is the request that is about to start it.
 */
export const notePlaceAsked = async ({ worker, clock }: Core, id: string, by: string): Promise<void> => {
  await asWorkerOnce(worker, (tx) =>
    execute(
      tx,
      `update transfer_case set place_asked_at = $2, place_asked_by = $3
       where case_id = $1 and started_at is null and ended_at is null`,
      [id, clock.now(), by],
    ),
  );
};

/** Whether that note still stands: without it nothing would find a place that a failed start leaves behind. */
export const isPlaceNoted = async (tx: Tx, { id }: CaseRecord): Promise<boolean> =>
  (await query(tx, 'select 1 from transfer_case where case_id = $1 and place_asked_at is not null', [id]))
    .length > 0;

/** Gives the place of a case back that its owner may hold for it; asked again there is none to give. */
export const giveBack = async (tx: Tx, { bus }: Pick<Core, 'bus'>, { id }: CaseRecord): Promise<void> => {
  await ask(bus, releasePlace, { transfer: id });
  await execute(
    tx,
    'update transfer_case set release_place = false, place_asked_at = null, place_asked_by = null where case_id = $1',
    [id],
  );
};

/**
 * Gives back at once what a start that failed may have left behind, as long as the note is still of that request `by`: what
 * another is about to start is its own to give back. A place is held only under the lock of its case, and given back only
 * under it, so never that of a start that another has made meanwhile.
 */
export const giveBackAfterFailure = (core: Core, id: string, by: string): Promise<void> =>
  asWorker(core.worker, async (tx) => {
    const left = 'case_id = $1 and started_at is null and place_asked_by = $2';
    const record = await lockFirst(tx, left, [id, by], 'case_id');
    if (record !== undefined) await giveBack(tx, core, record);
  });

/** Instant before which a start that has not come to be will not any more. */
export const longAskedBefore = ({ clock }: Pick<Core, 'clock'>): string =>
  new Date(Date.parse(clock.now()) - patience).toISOString();
