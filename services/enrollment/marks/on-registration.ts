import { z } from 'zod';
import type { Finding } from '#libs/law/finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { type Command, once } from '#libs/platform/commands/idempotency.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { asWorker, inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction, versionConflict } from '#libs/platform/errors/errors.ts';
import { lockRegistration, type Situation, situationOf } from '../cases/situation.ts';
import { readEnrollmentId } from '../enrollment-id.ts';

/** What every order about a registration brings. */
export const RegistrationOrder = z.object({
  idempotencyKey: z.string().min(1).max(100),
  enrollment: z.string().max(100),
  expectedVersion: z.int(),
});
export type RegistrationOrder = z.infer<typeof RegistrationOrder>;

export type Done = { done: boolean; findings: Finding[] };

export type AtWork = { tx: Tx; situation: Situation; caller: Actor };

type Way = Command & {
  /** Whose registration it may be: the own school's, that of a school whose authority or whose city the caller is. */
  by: 'SCHOOL' | 'AUTHORITY' | 'CITY';
  /** Writes to other bodies' places as well, after the check of whose registration it is. */
  acrossPlaces?: boolean;
};

const isTheirs = ({ caller, by }: Way, { registration, school }: Situation): boolean => {
  if (by === 'SCHOOL') return caller.school === registration.school;
  return caller.unit === (by === 'CITY' ? (school.city ?? school.province) : school.authority);
};

/**
 * Runs an act on a registration of the caller's own school or authority, once for each key, with the pupil's lock and
 * everything around it. The request is kept as a keyed hash: it may hold words about a child.
 */
export const onRegistration = async (
  way: Way,
  order: RegistrationOrder,
  act: (work: AtWork) => Promise<Done>,
): Promise<Done> => {
  const { core, caller, operation } = way;
  const { person, enrollment } = readEnrollmentId(order.enrollment);
  if ((await core.directory.workplaceOf(caller)) === undefined) throw outOfJurisdiction();
  const at = core.clock.now();
  const request = core.sealing.hash('order', JSON.stringify(order)).toString('hex');
  const work = (tx: Tx) =>
    once<Done>(
      tx,
      { operation, caller: caller.subject, key: order.idempotencyKey, request, at },
      async () => {
        const registration = await lockRegistration(tx, person, enrollment);
        if (registration === undefined) throw outOfJurisdiction();
        const situation = await situationOf(core, tx, registration, { evidence: [] });
        if (!isTheirs(way, situation)) throw outOfJurisdiction();
        if (registration.version !== order.expectedVersion) throw versionConflict(registration.version);
        return act({ tx, situation, caller });
      },
    );
  const done = way.acrossPlaces
    ? await asWorker(core.worker, work)
    : await inScope(core.app, await core.directory.scopeOf(caller), work);
  core.wakeRelay();
  return done;
};
