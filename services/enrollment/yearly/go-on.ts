import { v7 as uuidv7 } from 'uuid';
import { type CountingMarks, EnrollmentHandedOver } from '#libs/contracts/events/enrollment.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, queryOne } from '#libs/platform/database/query.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import type { Registration } from '../cases/situation.ts';
import type { Admission } from './admission-rows.ts';

/** What an admission says of where somebody goes on. */
export type NextSchool = Pick<
  Admission,
  'person' | 'school' | 'place' | 'province' | 'stage' | 'entryYear' | 'lastGrade'
>;

/**
 * Ends the registration at the former school and begins the one at the next: one transaction, one active registration
 * (TRF-01, ENR-27). Returns the id of the new one; the seat at the former school is the caller's to give up.
 */
export const goOn = async (
  tx: Tx,
  at: string,
  next: NextSchool,
  registration: Registration,
): Promise<string> => {
  const enrollment = uuidv7();
  const version = registration.version + 1;
  const { marks } = await queryOne<{ marks: CountingMarks }>(
    tx,
    `update enrollment set active = false, status = 'GRADUATED', class_id = null
     where person_id = $1 and enrollment_id = $2 returning marks`,
    [registration.person, registration.enrollment],
  );
  await execute(
    tx,
    `insert into enrollment (person_id, enrollment_id, school, place, province, stage, entry_year_adj, last_grade, status,
       channel, active, marks, held, registered_at, due_on, due_provisional)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'IN_SCHOOL', 'PREVIOUS_RECORD_TRANSFER', true, $9::jsonb, '[]', $10, $11,
       false)`,
    [
      next.person,
      enrollment,
      next.school,
      next.place,
      next.province,
      next.stage,
      next.entryYear,
      next.lastGrade,
      JSON.stringify(marks),
      at,
      at.slice(0, 10),
    ],
  );
  await execute(tx, 'update pupil set version = $2, place = $3 where person_id = $1', [
    next.person,
    version,
    next.place,
  ]);
  await recordEvents(tx, at, [
    recorded(EnrollmentHandedOver, next.person, version, {
      person: next.person,
      enrollment,
      school: next.school,
      place: next.place,
      province: next.province,
      stage: next.stage,
      entryYearAdj: next.entryYear,
      lastGrade: next.lastGrade,
      marks,
      status: 'IN_SCHOOL',
      reason: 'GOING_ON',
      from: {
        enrollment: registration.enrollment,
        school: registration.school,
        place: registration.place,
        province: registration.province,
      },
    }),
  ]);
  return enrollment;
};
