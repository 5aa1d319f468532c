import { archiveStanding } from '#libs/contracts/commands/archive-standing.ts';
import {
  ClassAssigned,
  type CountingMarks,
  EnrollmentHandedOver,
} from '#libs/contracts/events/enrollment.ts';
import { enforces } from '#libs/law/enforces.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import { ask } from '#libs/platform/commands/internal.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query, queryOne } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { type Recorded, recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { calendarOf } from '../calendar-of.ts';
import { runsAbout } from '../cases/running-case.ts';
import { lockRegistration, type Registration } from '../cases/situation.ts';
import { askBasicInfo } from '../marks/basic-info.ts';
import { giveUpSeat, lockClasses } from '../seat.ts';
import { moveRecords } from '../succession/move-records.ts';
import type { MoveAnswer, MoveOrder, Moving } from './moving.ts';
import { takePlaceOf } from './places.ts';
import { registrationOf } from './read-registration.ts';
import { canBeTaken, takeGraduate } from './take-graduate.ts';

const movedBefore = async (tx: Tx, transfer: string): Promise<string | undefined> => {
  const [row] = await query<{ moved_at: Date }>(
    tx,
    'select moved_at from transfer_move where transfer_id = $1',
    [transfer],
  );
  return row && new Date(row.moved_at).toISOString();
};

/** The registration as the case has seen it, locked; undefined where it has changed since, or something else runs about it. */
const lockAsSeen = async (tx: Tx, order: MoveOrder): Promise<Registration | undefined> => {
  // What is sent behind the lock is looked up once it is held.
  const [found, runs] = await Promise.all([
    lockRegistration(tx, order.person, order.enrollment),
    runsAbout(tx, order.person),
  ]);
  const isAsSeen = found?.active === true && found.version === order.expectedVersion;
  return isAsSeen && !runs ? found : undefined;
};

/** A seat of the class for who is in school; who has left sits down when the formalities are done (TRF-21). */
const sitDown = async (
  tx: Tx,
  schoolClass: string | null,
  { status }: Registration,
): Promise<string | null> => {
  if (schoolClass === null || status !== 'IN_SCHOOL') return null;
  await execute(tx, 'update school_class set size = size + 1, version = version + 1 where class_id = $1', [
    schoolClass,
  ]);
  return schoolClass;
};

/** The grade of who is away stands still in the grade of the transfer, until the formalities are done (TRF-21). */
const frozenThere = ({ registration, order }: Moving): string | null =>
  registration.frozenAt === null ? null : order.gradeAsOf;

const write = async (tx: Tx, moving: Moving, schoolClass: string | null): Promise<void> => {
  const { order, registration, from, into, at } = moving;
  const { classId } = registration;
  await lockClasses(
    tx,
    [classId, schoolClass].filter((each) => each !== null),
  );
  const [seat] = await Promise.all([sitDown(tx, schoolClass, registration), giveUpSeat(tx, classId)]);
  const owesClass = from.province !== into.province && registration.status === 'IN_SCHOOL';
  const { marks } = await queryOne<{ marks: CountingMarks }>(
    tx,
    `update enrollment set school = $3, place = $4, province = $5, stage = $6, entry_year_adj = $7, last_grade = $8,
       class_id = $9, former_schools = former_schools || $10::text, class_owed_since = $11, frozen_at = $13,
       class_placed_at = case when $11::timestamptz is null or $9::uuid is null then null else $12::timestamptz end
     where person_id = $1 and enrollment_id = $2 returning marks`,
    [
      order.person,
      order.enrollment,
      into.code,
      into.place,
      into.province,
      order.into.stage,
      order.into.entryYearAdj,
      order.into.lastGrade,
      seat,
      from.code,
      ...[owesClass ? at : null, at, frozenThere(moving)],
    ],
  );
  const events = eventsOf(moving, marks, seat);
  await Promise.all([
    execute(tx, 'update pupil set version = version + $2, place = $3 where person_id = $1', [
      order.person,
      events.length,
      into.place,
    ]),
    recordEvents(tx, at, events),
    moveRecords(tx, at, [order.person], { from, into }),
  ]);
};

const eventsOf = (moving: Moving, marks: CountingMarks, seat: string | null): Recorded[] => {
  const { order, registration, from, into } = moving;
  const { person, enrollment } = order;
  const { stage, entryYearAdj, lastGrade } = order.into;
  const where = { person, enrollment, school: into.code, place: into.place, province: into.province };
  const handedOver = recorded(EnrollmentHandedOver, person, registration.version + 1, {
    ...where,
    ...{ stage, entryYearAdj, lastGrade, marks },
    ...{ status: registration.status, frozenAt: frozenThere(moving), reason: 'TRANSFER' },
    from: { enrollment, school: from.code, place: from.place, province: from.province },
  });
  return seat === null
    ? [handedOver]
    : [
        handedOver,
        recorded(ClassAssigned, person, registration.version + 2, { ...where, schoolClass: seat }),
      ];
};

/** A transfer: the same registration, at the other school; undefined where no place is held. */
const moveThere = async (tx: Tx, moving: Moving): Promise<string | undefined> => {
  const { order, at } = moving;
  const taken = await takePlaceOf(tx, at, order.transfer, order.into);
  if (taken === undefined) return undefined;
  await write(tx, moving, taken.schoolClass);
  return order.enrollment;
};

/** A study: the graduate goes on at the next stage's school; undefined for who is no graduate any more. */
const goOnThere = async (tx: Tx, moving: Moving): Promise<string | undefined> =>
  canBeTaken(moving.registration, moving.order) ? takeGraduate(tx, moving) : undefined;

/** What can stop the move and is the archive's to say is asked once more while the registration is locked. */
const isArchiveAsSeen = async (
  { bus }: Pick<ServiceCore, 'bus'>,
  { person, enrollment, transfer, archiveVersion }: MoveOrder,
): Promise<boolean> =>
  archiveVersion !== null &&
  (await ask(bus, archiveStanding, { person, enrollment, transfer })).version === archiveVersion;

/**
 * Moves a registration to the school that takes the pupil in: one transaction of the only owner of registrations, so a
 * pupil in school is in school at the one or the other at every moment (TRF-01). The registration stays what it is, with
 * its status (TRF-21) and everything that is kept about the pupil here; the seat in the former class is given up, the held
 * place is taken. What the case has seen is checked once more under the lock. Asked again for the same case it is done
 * already.
 */
export const moveRegistration = async (core: ServiceCore, order: MoveOrder): Promise<MoveAnswer> => {
  enforces('TRF-01');
  const at = core.clock.now();
  const calendar = await calendarOf(core);
  const answer = await asWorker(core.worker, async (tx): Promise<MoveAnswer> => {
    const [registration, before] = await Promise.all([
      lockAsSeen(tx, order),
      movedBefore(tx, order.transfer),
    ]);
    if (before !== undefined) return { outcome: 'MOVED', movedAt: before };
    const from = registration && (await core.directory.school(registration.school));
    const into = await core.directory.school(order.into.school);
    const isPossible = into?.state === 'ACTIVE' && into.code !== from?.code;
    if (registration === undefined || from === undefined || !isPossible)
      return { outcome: 'CHANGED', registration: await registrationOf(tx, order.person) };
    if (!(await isArchiveAsSeen(core, order)))
      return { outcome: 'CHANGED', registration: await registrationOf(tx, order.person) };
    const moving = { order, registration, from, into, at, calendar };
    const enrollment = await (order.kind === 'CROSS_PROVINCE_STUDY' ? goOnThere : moveThere)(tx, moving);
    if (enrollment === undefined)
      return order.kind === 'CROSS_PROVINCE_STUDY'
        ? { outcome: 'CHANGED', registration: await registrationOf(tx, order.person) }
        : { outcome: 'NO_PLACE' };
    const moved = execute(
      tx,
      `insert into transfer_move (transfer_id, person_id, enrollment_id, place, from_school, into_school, moved_at,
         frozen_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        ...[order.transfer, order.person, enrollment, into.place, from.code, into.code, at],
        frozenThere(moving),
      ],
    );
    const changed = { person: order.person, enrollment, changedOn: core.clock.today() };
    await Promise.all([moved, askBasicInfo(tx, changed, lawPlaceOfSchool(into), calendar)]);
    return { outcome: 'MOVED', movedAt: new Date(at).toISOString() };
  });
  core.wakeRelay();
  return answer;
};
