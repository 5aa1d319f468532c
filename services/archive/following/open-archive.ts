import { v7 as uuidv7 } from 'uuid';
import { type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import { ArchiveEntryAdded, ArchiveEstablished } from '#libs/contracts/events/archive.ts';
import { EnrollmentApproved, EnrollmentRegistered } from '#libs/contracts/events/enrollment.ts';
import { openedAt } from '#libs/law/archive/custody.ts';
import { openingDue } from '#libs/law/archive/opening.ts';
import type { WorkingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { shanghaiDate } from '#libs/law/dates.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Archive } from '../archives/archive.ts';
import { lockArchive, noteStatus } from '../archives/archive-rows.ts';
import { saveArchive, saveNewArchives } from '../archives/save-archive.ts';
import { calendarOf, lawPlaceOf } from '../archives/surroundings.ts';
import { archiveFacts, type Told } from '../archives/told.ts';
import { keepersWithoutCopy, storeCopy } from '../custody/copies.ts';
import { oweArchive } from '../custody/owe.ts';
import { type Entry, entryOf } from '../entries/entry.ts';
import { insertEntries } from '../entries/entry-rows.ts';
import { fileEntry } from '../entries/file-entry.ts';
import { changeOf } from './filing.ts';

type Core = Pick<ServiceCore, 'directory'>;

/** A registration and the archive that is due with it; opened at once where it was approved long ago and taken over. */
type Due = { event: Envelope; archive: Archive; entry: Entry | undefined };

/**
 * A registration that was approved long ago and is taken over had its archive since the class began: in the autumn of its year of
 * entry, unless that lies ahead (ARC-06 asks for the day).
 */
const openedBefore = (today: string, entryYearAdj: number): string => {
  const began = `${entryYearAdj}-09-01`;
  return began < today ? began : today;
};

const dueWith = async (core: Core, event: Envelope, calendar: WorkingDayCalendar): Promise<Due> => {
  const { entryYearAdj, ...registered } = readEvent(EnrollmentRegistered, event);
  const { person, enrollment, school, place, province, stage, status } = registered;
  const today = shanghaiDate(new Date(event.time));
  const enteredOn = status === 'PENDING_APPROVAL' ? today : openedBefore(today, entryYearAdj);
  const due = openingDue(enteredOn, await lawPlaceOf(core, { school, province }), stage, calendar);
  const archive: Archive = {
    ...{ id: uuidv7(), person, enrollment, school, place, province, stage, status, enteredOn },
    ...{ dueOn: due?.limit.dueDate ?? null, targetOn: due?.target?.dueDate ?? null, openedOn: null },
    ...{ refreshedOn: null, receivedOn: null },
    ...{
      custody: openedAt(school),
      custodianPlace: place,
      handOver: null,
      household: null,
      entries: 0,
      lastHash: null,
    },
    ...{ standing: 1, version: 1, events: 0 },
  };
  if (status === 'PENDING_APPROVAL') return { event, archive, entry: undefined };
  const entry = entryOf(person, archive, changeOf(event, 'REGISTERED'));
  const opened = {
    ...archive,
    openedOn: enteredOn,
    refreshedOn: today,
    entries: 1,
    lastHash: entry.contentHash,
  };
  return { event, archive: opened, entry };
};

const toldOf = ({ archive, entry }: Due): Told[] =>
  entry === undefined || archive.openedOn === null
    ? []
    : [
        {
          kind: ArchiveEstablished,
          data: {
            ...archiveFacts(archive),
            openedOn: archive.openedOn,
            dueOn: archive.dueOn ?? archive.openedOn,
          },
        },
        { kind: ArchiveEntryAdded, data: { ...archiveFacts(archive), entry: 1, papers: [] } },
      ];

/** A student who has an archive gets no second: it follows to the school that registers and is continued there (ARC-11). */
const continued = async (core: Core, tx: Tx, { event, archive: fresh }: Due): Promise<void> => {
  const before = await lockArchive(tx, fresh.person);
  if (before === undefined || before.enrollment === fresh.enrollment) return;
  const { enrollment, school, place, province, stage, status } = fresh;
  const seated = { ...before, enrollment, school, place, province, stage, status, household: null };
  if (before.openedOn === null) {
    // Refused for good elsewhere before any archive was opened: it is due here, from this entry on (ARC-01).
    const { enteredOn, dueOn, targetOn, custody, custodianPlace } = fresh;
    const due = { ...seated, enteredOn, dueOn, targetOn, custody, custodianPlace };
    await saveArchive(tx, event.time, before, due);
    return;
  }
  const to = { kind: 'SCHOOL' as const, code: school };
  const owed = await oweArchive(core, seated, { to, place, reason: 'GOING_ON', at: event.time });
  await saveArchive(tx, event.time, before, owed.archive, owed.told);
};

/**
 * Schools have registered students: from here on archives are due (ARC-01), and open at once for registrations that were
 * approved before they were taken over. Many at a time, as whole schools are entered.
 */
export const archivesDue = async (core: Core, tx: Tx, events: readonly Envelope[]): Promise<void> => {
  if (events.length === 0) return;
  const calendar = await calendarOf(core);
  const due: Due[] = [];
  for (const event of events) due.push(await dueWith(core, event, calendar));
  const fresh = await saveNewArchives(
    tx,
    due.map((each) => ({ at: each.event.time, archive: each.archive, told: toldOf(each) })),
  );
  const isFresh = ({ archive }: Due) => fresh.has(archive.id);
  await insertEntries(
    tx,
    due.filter(isFresh).flatMap(({ archive, entry }) => (entry === undefined ? [] : [{ archive, entry }])),
  );
  for (const each of due.filter((one) => !isFresh(one))) await continued(core, tx, each);
};

/** The registration was approved: the archive is opened with the basic information as its first entry (W-03, ARC-01). */
export const archiveOpened = async (tx: Tx, event: Envelope): Promise<void> => {
  const { person, enrollment, status } = readEvent(EnrollmentApproved, event);
  await noteStatus(tx, { person, enrollment, status });
  const before = await lockArchive(tx, person);
  if (before === undefined || before.openedOn !== null) return;
  const openedOn = shanghaiDate(new Date(event.time));
  const opened = { ...before, openedOn, refreshedOn: openedOn };
  const filed = await fileEntry(tx, opened, changeOf(event, 'REGISTERED'));
  const copied: Told[] = [];
  for (const keeper of await keepersWithoutCopy(tx, person)) {
    copied.push(...(await storeCopy(tx, filed.archive, keeper, event.time)));
  }
  const facts = { ...archiveFacts(opened), openedOn, dueOn: before.dueOn ?? openedOn };
  await saveArchive(tx, event.time, before, filed.archive, [
    { kind: ArchiveEstablished, data: facts },
    ...filed.told,
    ...copied,
  ]);
};
