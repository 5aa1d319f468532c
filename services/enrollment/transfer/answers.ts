import {
  countPlaces,
  holdPlace,
  moveRegistration,
  readRegistration,
  releasePlace,
} from '#libs/contracts/commands/hand-over-registration.ts';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import type { Stop } from '#libs/platform/bus/bus.ts';
import { answerTo } from '#libs/platform/commands/internal.ts';
import { asWorker, asWorkerOnce } from '#libs/platform/database/scope.ts';
import { notFound } from '#libs/platform/errors/errors.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { momentOf } from './moment.ts';
import { moveRegistration as move } from './move-registration.ts';
import { countPlacesFor, holdPlaceFor, type PlaceWanted, releasePlaceOf } from './places.ts';
import { registrationOf } from './read-registration.ts';

/** What the service of transfers asks of the owner of registrations and classes. */
export const answerTransfers = (core: ServiceCore): Promise<Stop[]> => {
  const schoolOf = async ({ school }: PlaceWanted): Promise<SchoolFact> => {
    const found = await core.directory.school(school);
    if (found === undefined) throw notFound('school');
    return found;
  };
  return Promise.all([
    answerTo(core.bus, readRegistration, async ({ person }) => ({
      registration: await asWorkerOnce(core.worker, (tx) => registrationOf(tx, person)),
    })),
    answerTo(core.bus, countPlaces, async (wanted) => {
      const [school, now] = [await schoolOf(wanted), await momentOf(core)];
      return asWorker(core.worker, (tx) => countPlacesFor(tx, now, school, wanted));
    }),
    answerTo(core.bus, holdPlace, async (wanted) => {
      const [school, now] = [await schoolOf(wanted), await momentOf(core)];
      return asWorker(core.worker, (tx) => holdPlaceFor(tx, now, school, wanted));
    }),
    answerTo(core.bus, releasePlace, async ({ transfer }) => ({
      released: await asWorker(core.worker, (tx) => releasePlaceOf(tx, core.clock.now(), transfer)),
    })),
    answerTo(core.bus, moveRegistration, (order) => move(core, order)),
  ]);
};
