import { readEvent } from '#libs/contracts/envelope.ts';
import { ArchiveTransferred } from '#libs/contracts/events/archive.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import { lockArchives, movePlaces } from '../archives/archive-rows.ts';

/**
 * A unit that accepts an archive may stand where neither the school of the registration nor the former custodian does (a
 * county that called for it): what lies in the archive was not its to move, so the service moves it after the acceptance.
 */
export const followsAcceptance: Projection = {
  name: 'archive-acceptance',
  sources: ['archive'],
  types: [ArchiveTransferred.type],
  tables: [],
  apply: async (tx, events) => {
    const persons = events.map((event) => readEvent(ArchiveTransferred, event).person);
    await movePlaces(tx, await lockArchives(tx, [...new Set(persons)]));
  },
};
