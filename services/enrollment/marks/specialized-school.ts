import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { GradeChanged } from '#libs/contracts/events/enrollment-status.ts';
import { Day } from '#libs/contracts/ids.ts';
import { enforces } from '#libs/law/enforces.ts';
import { entryYearFor } from '#libs/law/enrollment/grade.ts';
import { judgeSpecializedSchoolReturn } from '#libs/law/enrollment/specialized-school.ts';
import { type Finding, finding } from '#libs/law/finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { execute } from '#libs/platform/database/query.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { standsStillFrom } from '../assessment/progress.ts';
import { judgeMove } from '../cases/plans/status.ts';
import type { Situation } from '../cases/situation.ts';
import { changeStatus } from '../cases/status-change.ts';
import { changeMarks } from './change-marks.ts';
import { type Done, onRegistration, RegistrationOrder } from './on-registration.ts';
import { runningStay, type Stay } from './stay.ts';

const Entering = RegistrationOrder.extend({ since: Day });
const Returning = RegistrationOrder.extend({ returnedOn: Day, grade: z.int().min(1).max(12) });
const Fixing = RegistrationOrder.extend({ grade: z.int().min(1).max(12) });

const said = (
  { today, lawPlace }: Situation,
  words: Pick<Finding, 'code' | 'message' | 'messageEn' | 'remedy'>,
): Finding =>
  finding('ENR-22', {
    ...words,
    outcome: 'REJECT',
    path: ['enrollment'],
    ownerLevel: 'SCHOOL',
    on: today,
    place: lawPlace,
  });

const already = (situation: Situation): Finding =>
  said(situation, {
    code: 'STATUS_DOES_NOT_ALLOW',
    message: '已登记该生正在就读专门学校。',
    messageEn: 'The pupil is marked as being at a specialised school.',
    remedy: '返校的，请登记返校并提出年级。',
  });

const notThere = (situation: Situation): Finding =>
  said(situation, {
    code: 'STATUS_DOES_NOT_ALLOW',
    message: '该生没有就读专门学校的登记，或填写的日期、年级不符。',
    messageEn: 'No stay at a specialised school is running, or day or grade do not fit.',
    remedy: '请核对登记内容。',
  });

/**
 * The original school enters that a pupil is taught at a specialised school: state and registration are the same, and
 * no case, event or list says where (ENR-22, ARC-19).
 */
export const enterSpecializedSchool = (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Done> => {
  enforces('ENR-22');
  const caller = authorize(actor, 'case.enter');
  const asked = parseInput(Entering, input);
  return onRegistration(
    { core, caller, operation: 'enterSpecializedSchool', by: 'SCHOOL' },
    asked,
    async ({ tx, situation }) => {
      const { registration, now, today } = situation;
      const { person, place, school, enrollment } = registration;
      const running = await runningStay(tx, person);
      const findings = [
        ...judgeMove('ENTER_SPECIALIZED_SCHOOL', situation),
        ...(running === undefined ? [] : [already(situation)]),
        ...(asked.since > today ? [notThere(situation)] : []),
      ];
      if (findings.length > 0) return { done: false, findings };
      await execute(
        tx,
        `insert into specialized_stay (person_id, stay_id, place, school, enrollment_id, since, entered_by, entered_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [person, uuidv7(), place, school, enrollment, asked.since, caller.subject, now],
      );
      await changeMarks(tx, now, registration, { atSpecializedSchool: true });
      return { done: true, findings: [] };
    },
  );
};

const fits = (stay: Stay | undefined, grade: number, { registration }: Situation): stay is Stay =>
  stay !== undefined && grade <= registration.lastGrade;

/** The school that the pupil is back at names the grade; the mark stays until its authority has fixed it (ENR-22). */
export const proposeReturnGrade = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Done> => {
  const caller = authorize(actor, 'case.enter');
  const asked = parseInput(Returning, input);
  return onRegistration(
    { core, caller, operation: 'proposeReturnGrade', by: 'SCHOOL' },
    asked,
    async ({ tx, situation }) => {
      const { registration, now, today, lawPlace } = situation;
      const stay = await runningStay(tx, registration.person);
      const isLater = stay !== undefined && asked.returnedOn >= stay.since && asked.returnedOn <= today;
      if (!fits(stay, asked.grade, situation) || !isLater)
        return {
          done: false,
          findings: [...judgeMove('LEAVE_SPECIALIZED_SCHOOL', situation), notThere(situation)],
        };
      await execute(
        tx,
        `update specialized_stay set returned_on = $3, grade = $4, proposed_by = $5, proposed_at = $6
       where person_id = $1 and stay_id = $2`,
        [registration.person, stay.id, asked.returnedOn, asked.grade, caller.subject, now],
      );
      await changeMarks(tx, now, registration, {});
      const fixed = { stage: registration.stage, gradeFixedBySchool: true, gradeFixedByAuthority: false };
      return { done: true, findings: judgeSpecializedSchoolReturn(fixed, today, lawPlace) };
    },
  );
};

/** The competent authority fixes the grade that the school has named; the record is updated at once (ENR-22). */
export const fixReturnGrade = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Done> => {
  const caller = authorize(actor, 'case.decide');
  const asked = parseInput(Fixing, input);
  return onRegistration(
    { core, caller, operation: 'fixReturnGrade', by: 'AUTHORITY' },
    asked,
    async ({ tx, situation }) => {
      const { registration, now, today, lawPlace, grade, schoolYear } = situation;
      const { stage, person, status } = registration;
      const stay = await runningStay(tx, person);
      const fixed = { stage, gradeFixedBySchool: stay?.grade === asked.grade, gradeFixedByAuthority: true };
      const findings = [
        ...judgeMove('LEAVE_SPECIALIZED_SCHOOL', situation),
        ...judgeSpecializedSchoolReturn(fixed, today, lawPlace),
      ];
      if (!fits(stay, asked.grade, situation)) return { done: false, findings: [notThere(situation)] };
      if (findings.length > 0) return { done: false, findings };
      await execute(
        tx,
        'update specialized_stay set ended_by = $3, ended_at = $4 where person_id = $1 and stay_id = $2',
        [person, stay.id, caller.subject, now],
      );
      if (grade === asked.grade) await changeMarks(tx, now, registration, { atSpecializedSchool: false });
      else {
        const entryYearAdj = entryYearFor(asked.grade, schoolYear);
        const frozenAt = standsStillFrom(situation);
        await changeStatus(
          tx,
          now,
          registration,
          { event: GradeChanged, status, entryYearAdj, frozenAt },
          null,
        );
        await execute(
          tx,
          'update enrollment set at_specialized_school = false where person_id = $1 and enrollment_id = $2',
          [person, registration.enrollment],
        );
      }
      return { done: true, findings: [] };
    },
  );
};
