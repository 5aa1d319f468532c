import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { type CountingMarks, EnrollmentHandedOver } from '#libs/contracts/events/enrollment.ts';
import { Day, SchoolCode, Uuid } from '#libs/contracts/ids.ts';
import { goingOnDue, judgeGoingOn, judgeReporting } from '#libs/law/enrollment/going-on.ts';
import type { Finding } from '#libs/law/finding.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, queryOne } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { calendarOf } from '../calendar-of.ts';
import { anotherRuns, runsAbout } from '../cases/running-case.ts';
import { lockRegistration, type Registration } from '../cases/situation.ts';
import { askBasicInfo } from '../marks/basic-info.ts';
import { receivingSchool } from '../own-school.ts';
import { giveUpSeats } from '../seat.ts';
import { type Admission, admissionsById } from './admission-rows.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  school: SchoolCode,
  admissions: z.array(Uuid).min(1).max(200),
  reportedOn: Day,
});

export type Reported = { admission: string; done: boolean; findings: Finding[] };

/** Ends the registration at the former school and begins the one at the next: one transaction, one active registration. */
const handOver = async (
  tx: Tx,
  at: string,
  admission: Admission,
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
      admission.person,
      enrollment,
      admission.school,
      admission.place,
      admission.province,
      admission.stage,
      admission.entryYear,
      admission.lastGrade,
      JSON.stringify(marks),
      at,
      at.slice(0, 10),
    ],
  );
  await execute(tx, 'update pupil set version = $2, place = $3 where person_id = $1', [
    admission.person,
    version,
    admission.place,
  ]);
  await recordEvents(tx, at, [
    recorded(EnrollmentHandedOver, admission.person, version, {
      person: admission.person,
      enrollment,
      school: admission.school,
      place: admission.place,
      province: admission.province,
      stage: admission.stage,
      entryYearAdj: admission.entryYear,
      lastGrade: admission.lastGrade,
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

/**
 * Pupils whom the school admitted have reported: their registrations go on here, the pupils are in school again
 * (ENR-25, ENR-27). Linking and updating is to be completed within a month (ENR-26).
 */
export const reportAdmitted = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Reported[]> => {
  const caller = authorize(actor, 'admission.enter');
  const asked = parseInput(Input, input);
  const school = await receivingSchool(core, caller, asked.school);
  const at = core.clock.now();
  const place = lawPlaceOfSchool(school);
  const calendar = await calendarOf(core);
  const due = goingOnDue(asked.reportedOn, place, calendar);
  const results = await asWorker(core.worker, (tx) =>
    once(tx, { caller: caller.subject, key: asked.idempotencyKey, request: asked, at }, async () => {
      const admissions = await admissionsById(tx, asked.admissions, true);
      const own = admissions.filter((admission) => admission.school === school.code);
      if (own.length < new Set(asked.admissions).size) throw outOfJurisdiction();
      const done: Reported[] = [];
      const seats: (string | null)[] = [];
      for (const admission of own) {
        const registration = await lockRegistration(tx, admission.person, admission.fromEnrollment);
        const today = core.clock.today();
        const law = judgeReporting(
          {
            status: admission.state === 'ADMITTED' ? (registration?.status ?? 'NONE') : 'NONE',
            reported: asked.reportedOn <= today,
          },
          today,
          place,
        );
        const isOpen = await runsAbout(tx, admission.person);
        const findings = isOpen ? [...law, anotherRuns({ today, lawPlace: place })] : law;
        if (registration === undefined || findings.length > 0) {
          done.push({ admission: admission.id, done: false, findings });
          continue;
        }
        const enrollment = await handOver(tx, at, admission, registration);
        seats.push(registration.classId);
        await execute(
          tx,
          `update admission set state = 'REPORTED', version = version + 1, reported_on = $3, ended_at = $4,
             ended_by = $5, due_on = $6, enrollment_id = $7 where person_id = $1 and admission_id = $2`,
          [
            admission.person,
            admission.id,
            asked.reportedOn,
            at,
            caller.subject,
            due?.dueDate ?? null,
            enrollment,
          ],
        );
        const changed = { person: admission.person, enrollment, changedOn: core.clock.today() };
        await askBasicInfo(tx, changed, place, calendar);
        const late =
          due &&
          judgeGoingOn({ dueOn: due.dueDate, completedOn: core.clock.today() }, asked.reportedOn, place);
        done.push({ admission: admission.id, done: true, findings: late ?? [] });
      }
      await giveUpSeats(tx, seats);
      return done;
    }),
  );
  core.wakeRelay();
  return results;
};
