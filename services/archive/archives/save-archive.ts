import type { EventKind } from '#libs/contracts/envelope.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { type Recorded, recordEvents } from '#libs/platform/events/outbox.ts';
import { storeCopy } from '../custody/copies.ts';
import type { Archive } from './archive.ts';
import { insertArchives, movePlaces, updateArchives, updateSeats } from './archive-rows.ts';
import type { Told } from './told.ts';

const numbered = ({ id, events }: Archive, told: readonly Told[]): Recorded<EventKind>[] =>
  told.map((each, index) => ({
    ...each,
    aggregate: `archive:${id}`,
    version: events - told.length + index + 1,
  }));

/** An archive that is to be there from an instant on, and what is told of it then. */
export type NewArchive = { at: string; archive: Archive; told: readonly Told[] };

/** Writes new archives and tells of them; the ids of those that are new, of whose student there was none. */
export const saveNewArchives = async (tx: Tx, made: readonly NewArchive[]): Promise<ReadonlySet<string>> => {
  const counted = made.map((each) => ({
    ...each,
    archive: { ...each.archive, events: each.told.length },
  }));
  const fresh = await insertArchives(
    tx,
    counted.map(({ archive }) => archive),
  );
  const added = counted.filter(({ archive }) => fresh.has(archive.id));
  for (const [at, those] of Map.groupBy(added, (each) => each.at)) {
    await recordEvents(
      tx,
      at,
      those.flatMap(({ archive, told }) => numbered(archive, told)),
    );
  }
  return fresh;
};

/** Where the registration is, or whether it is filed, follows from events of others alone. */
const seatChanged = ({ before, after }: Change): boolean =>
  before.enrollment !== after.enrollment ||
  before.school !== after.school ||
  before.stage !== after.stage ||
  before.status !== after.status ||
  before.openedOn !== after.openedOn ||
  before.custody.filed !== after.custody.filed;

/**
 * An archive that is to go to another unit leaves a copy of all that it holds at who passes it on (ARC-09): stored when that
 * begins, when something is filed before the other side has accepted it, and where somebody takes the custodian's place.
 */
const needsCopy = ({ before, after }: Change): boolean =>
  after.handOver !== null &&
  (before.handOver === null ||
    after.entries > before.entries ||
    after.custody.custodian.code !== before.custody.custodian.code);

const withCopy = async (tx: Tx, at: string, change: Change): Promise<Change> => {
  if (!needsCopy(change)) return change;
  const { after, told } = change;
  const keeper = { unit: after.custody.custodian.code, place: after.custodianPlace };
  return { ...change, told: [...told, ...(await storeCopy(tx, after, keeper, at))] };
};

const isMoved = ({ before, after }: Change): boolean =>
  before.place !== after.place || before.custodianPlace !== after.custodianPlace;

/** An archive before and after something, and what is told of it. */
export type Change = { before: Archive; after: Archive; told: readonly Told[] };

/**
 * Writes archives as they have become, each of another student, moves what lies beside those that went elsewhere, and tells
 * of them: a few statements, however many there are.
 */
export const saveArchives = async (tx: Tx, at: string, changes: readonly Change[]): Promise<void> => {
  if (changes.length === 0) return;
  const whole: Change[] = [];
  for (const change of changes) whole.push(await withCopy(tx, at, change));
  const written = whole.map(({ before, after, told }) => ({
    ...{ before, told },
    after: { ...after, version: before.version + 1, events: before.events + told.length },
  }));
  const seats = written.filter(seatChanged);
  if (seats.length > 0)
    await updateSeats(
      tx,
      seats.map(({ after }) => after),
    );
  await updateArchives(
    tx,
    written.map(({ after }) => after),
  );
  const moved = written.filter(isMoved);
  if (moved.length > 0)
    await movePlaces(
      tx,
      moved.map(({ after }) => after),
    );
  const told = written.flatMap((each) => numbered(each.after, each.told));
  if (told.length > 0) await recordEvents(tx, at, told);
};

/** Writes one archive as it has become, and tells of it. */
export const saveArchive = (
  tx: Tx,
  at: string,
  before: Archive,
  after: Archive,
  told: readonly Told[] = [],
): Promise<void> => saveArchives(tx, at, [{ before, after, told }]);
