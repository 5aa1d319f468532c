import { type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import { ArchiveClosedPermanently } from '#libs/contracts/events/archive.ts';
import {
  EnrollmentHandedOver,
  EnrollmentRejected,
  EnrollmentResubmitted,
} from '#libs/contracts/events/enrollment.ts';
import { EnrollmentMoved } from '#libs/contracts/events/enrollment-move.ts';
import {
  AdmissionCancelled,
  AdmissionRolledBack,
  DuplicateEnrollmentEnded,
  StudentAdmitted,
} from '#libs/contracts/events/enrollment-status.ts';
import { custodyAfter } from '#libs/law/archive/custody.ts';
import { goesToAuthorityAbroad } from '#libs/law/archive/handing-over.ts';
import { shanghaiDate } from '#libs/law/dates.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Archive } from '../archives/archive.ts';
import { lockArchive, lockArchives, noteStatus } from '../archives/archive-rows.ts';
import { type Change, saveArchive, saveArchives } from '../archives/save-archive.ts';
import { lawPlaceOf } from '../archives/surroundings.ts';
import { archiveFacts, type Told } from '../archives/told.ts';
import { type Owed, oweArchive } from '../custody/owe.ts';
import { succeedIn } from '../custody/succeed.ts';
import { fileEntry } from '../entries/file-entry.ts';
import { readStatusEvent, type StatusMeaning } from './changes.ts';
import { changeOf } from './filing.ts';

type Core = Pick<ServiceCore, 'directory'>;

/** The registration goes on at another school: the archive is to follow it within a month (ARC-08, ARC-10). */
export const archiveFollows = async (core: Core, tx: Tx, event: Envelope): Promise<void> => {
  const { person, reason, ...there } = readEvent(EnrollmentHandedOver, event);
  const { enrollment, school, place, province, stage, status } = there;
  const before = await lockArchive(tx, person);
  if (before === undefined) return;
  const goesOn = reason === 'GOING_ON';
  const filed = await fileEntry(tx, before, changeOf(event, goesOn ? 'WENT_ON' : 'TRANSFERRED'));
  const seated = { ...filed.archive, enrollment, school, place, province, stage, status, household: null };
  const owed = await oweArchive(core, seated, {
    to: { kind: 'SCHOOL', code: school },
    place,
    reason: goesOn ? 'GOING_ON' : 'TRANSFER',
    at: event.time,
  });
  await saveArchive(tx, event.time, before, owed.archive, [...filed.told, ...owed.told]);
};

const succeeded = (event: Envelope, before: Archive): Change => {
  const { enrollment, school, place, province, from, position, status } = readEvent(EnrollmentMoved, event);
  const seated = { ...before, enrollment, school, place, province, stage: position.stage, status };
  const into = { kind: 'SCHOOL' as const, code: school };
  const { archive, told } = succeedIn(seated, { from: from.school, into, place });
  return { before, after: archive, told };
};

/**
 * Schools were merged into others: their archives are those schools' with the registrations, nothing is passed on (ARC-13).
 * Each event of a run is about another student.
 */
export const archivesSucceed = async (tx: Tx, events: readonly Envelope[]): Promise<void> => {
  if (events.length === 0) return;
  const byPerson = new Map(events.map((event) => [readEvent(EnrollmentMoved, event).person, event]));
  const changes = new Map<string, Change[]>();
  for (const before of await lockArchives(tx, [...byPerson.keys()])) {
    const event = byPerson.get(before.person);
    if (event === undefined) continue;
    const change = succeeded(event, before);
    changes.set(event.time, [...(changes.get(event.time) ?? []), change]);
  }
  for (const [at, those] of changes) await saveArchives(tx, at, those);
};

/** Where an archive goes because its student left the country or came back; undefined where it stays. */
const owedBy = async (
  { directory }: Core,
  archive: Archive,
  { change }: StatusMeaning,
  at: string,
): Promise<Owed | undefined> => {
  if (change === 'RETURNED') {
    return { to: { kind: 'SCHOOL', code: archive.school }, place: archive.place, reason: 'RETURN', at };
  }
  if (change !== 'WENT_ABROAD') return undefined;
  const law = await lawPlaceOf({ directory }, archive);
  if (!goesToAuthorityAbroad(shanghaiDate(new Date(at)), law, archive.stage)) return undefined;
  const school = await directory.school(archive.school);
  const range = school && (await directory.rangeOf(school.authority));
  if (school === undefined || range === undefined) return undefined;
  return { to: { kind: 'AUTHORITY', code: school.authority }, place: range.lo, reason: 'ABROAD', at };
};

/** Approved, sent back, handed in again, admitted, ended as a second one: how the registration stands, and no more. */
const STANDING = [
  EnrollmentRejected,
  EnrollmentResubmitted,
  DuplicateEnrollmentEnded,
  StudentAdmitted,
  AdmissionRolledBack,
  AdmissionCancelled,
] as const;

/** The types of events that tell only how a registration stands. */
export const standingTypes: readonly string[] = STANDING.map(({ type }) => type);

/** How a registration stands has changed, and nothing is filed for it. */
export const archiveNotes = async (tx: Tx, event: Envelope): Promise<void> => {
  const kind = STANDING.find(({ type }) => type === event.type);
  if (kind !== undefined) await noteStatus(tx, readEvent<(typeof STANDING)[number]>(kind, event));
};

const isOver = ({ ends }: StatusMeaning, { stage }: Archive): boolean =>
  ends === 'ALWAYS' || (ends === 'SENIOR' && stage === 'SENIOR');

/**
 * The state of a registration has changed: it is entered (ARC-15, ARC-16); the archive goes up to the authority with a student
 * who goes abroad and comes back with the return (ARC-20); it is filed for ever where studies end (ARC-12).
 */
export const archiveTells = async (core: Core, tx: Tx, event: Envelope): Promise<void> => {
  const read = readStatusEvent(event);
  const before = read && (await lockArchive(tx, read.data.person));
  if (read === undefined || before === undefined) return;
  const { meaning, data } = read;
  const { enrollment, school, place, province, position, status } = data;
  const filed = await fileEntry(tx, before, changeOf(event, meaning.change, data.case));
  const seated = { ...filed.archive, enrollment, school, place, province, stage: position.stage, status };
  const over = isOver(meaning, seated);
  const filing = over ? 'FILE' : meaning.goesOn ? 'TAKE_UP' : undefined;
  const custody = filing
    ? (custodyAfter(seated.custody, { type: filing }) ?? seated.custody)
    : seated.custody;
  const kept = { ...seated, custody };
  const owed = await owedBy(core, kept, meaning, event.time);
  const moved = owed ? await oweArchive(core, kept, owed) : { archive: kept, told: [] };
  const closed: Told[] = over ? [{ kind: ArchiveClosedPermanently, data: archiveFacts(kept) }] : [];
  await saveArchive(tx, event.time, before, moved.archive, [...filed.told, ...moved.told, ...closed]);
};
