import { type CountingMarks, EnrollmentHandedOver } from '#libs/contracts/events/enrollment.ts';
import { AdmissionCancelled } from '#libs/contracts/events/enrollment-status.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, queryOne } from '#libs/platform/database/query.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { lockRegistration, type Registration } from '../cases/situation.ts';
import { changeStatus } from '../cases/status-change.ts';
import { standingSchool } from '../succession/standing-school.ts';
import type { Admission } from '../yearly/admission-rows.ts';

const locked = async (tx: Tx, person: string, enrollment: string): Promise<Registration> => {
  const registration = await lockRegistration(tx, person, enrollment);
  if (registration === undefined) throw new Error('An admission names a registration that is not there');
  return registration;
};

/** The registration of the stage before counts again, at the school that goes on with its own: the pupil is its graduate (W-02). */
const takeUpFormer = async (
  tx: Tx,
  at: string,
  { person, fromEnrollment }: Admission,
  ended: Registration,
) => {
  const former = await locked(tx, person, fromEnrollment);
  const version = former.version + 1;
  const seat = await standingSchool(tx, former);
  await execute(
    tx,
    `update enrollment set active = true, status = 'GRADUATED', school = $3, place = $4, province = $5,
       former_schools = case when school = $3 then former_schools else former_schools || school end
     where person_id = $1 and enrollment_id = $2`,
    [person, former.enrollment, seat.school, seat.place, seat.province],
  );
  await execute(tx, 'update pupil set version = $2, place = $3 where person_id = $1', [
    person,
    version,
    seat.place,
  ]);
  const { marks } = await queryOne<{ marks: CountingMarks }>(
    tx,
    'select marks from enrollment where person_id = $1 and enrollment_id = $2',
    [person, former.enrollment],
  );
  const { enrollment, stage, entryYearAdj, lastGrade } = former;
  const { school, place, province } = seat;
  await recordEvents(tx, at, [
    recorded(EnrollmentHandedOver, person, version, {
      ...{ person, enrollment, school, place, province, stage, entryYearAdj, lastGrade, marks },
      status: 'GRADUATED',
      reason: 'ADMISSION_ENDED',
      from: {
        enrollment: ended.enrollment,
        school: ended.school,
        place: ended.place,
        province: ended.province,
      },
    }),
  ]);
};

/**
 * Ends an admission in a worker's transaction: before the pupil has reported the former registration is a graduate's
 * again; afterwards the registration here ends and the former one is taken up (W-02, ENR-14, ENR-15).
 */
export const endAdmissionOf = async (tx: Tx, at: string, admission: Admission): Promise<void> => {
  const { person, fromEnrollment, enrollment } = admission;
  if (enrollment === null) {
    const registration = await locked(tx, person, fromEnrollment);
    await changeStatus(tx, at, registration, { event: AdmissionCancelled, status: 'GRADUATED' }, null);
    return;
  }
  const registration = await locked(tx, person, enrollment);
  const effect = { event: AdmissionCancelled, status: 'ADMISSION_CANCELLED' as const, active: false };
  await changeStatus(tx, at, registration, effect, null);
  await takeUpFormer(tx, at, admission, registration);
};
