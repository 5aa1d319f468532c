import type { EventKind } from '#libs/contracts/envelope.ts';
import type { Recorded } from '#libs/platform/events/outbox.ts';
import type { Archive } from './archive.ts';

/** Something to be told of an archive; the number of the event follows from what was told before. */
export type Told = Pick<Recorded<EventKind>, 'kind' | 'data'>;

/** What every event says of an archive. */
export const archiveFacts = ({ id, person, school, place, province }: Archive) => ({
  archive: id,
  ...{ person, school, place, province },
});
