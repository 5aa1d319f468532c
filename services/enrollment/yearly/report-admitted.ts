import { z } from 'zod';
import { Day, SchoolCode, Uuid } from '#libs/contracts/ids.ts';
import { goingOnDue, judgeGoingOn, judgeReporting } from '#libs/law/enrollment/going-on.ts';
import type { Finding } from '#libs/law/finding.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { execute } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { calendarOf } from '../calendar-of.ts';
import { anotherRuns, runsAbout } from '../cases/running-case.ts';
import { lockRegistration } from '../cases/situation.ts';
import { askBasicInfo } from '../marks/basic-info.ts';
import { receivingSchool } from '../own-school.ts';
import { giveUpSeats } from '../seat.ts';
import { admissionsById } from './admission-rows.ts';
import { goOn } from './go-on.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  school: SchoolCode,
  admissions: z.array(Uuid).min(1).max(200),
  reportedOn: Day,
});

export type Reported = { admission: string; done: boolean; findings: Finding[] };

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
    once(
      tx,
      { operation: 'reportAdmitted', caller: caller.subject, key: asked.idempotencyKey, request: asked, at },
      async () => {
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
          const enrollment = await goOn(tx, at, admission, registration);
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
      },
    ),
  );
  core.wakeRelay();
  return results;
};
