import { v7 as uuidv7 } from 'uuid';
import { StudentAdmitted } from '#libs/contracts/events/enrollment-status.ts';
import { goingOnDue } from '#libs/law/enrollment/going-on.ts';
import { statusAfter } from '#libs/law/enrollment/status.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import { statusAfterHandOver } from '#libs/law/transfer/hand-over.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import type { Registration } from '../cases/situation.ts';
import { changeStatus } from '../cases/status-change.ts';
import { giveUpSeat } from '../seat.ts';
import { goOn } from '../yearly/go-on.ts';
import type { MoveOrder, Moving } from './moving.ts';

/** True where the graduate may go on at a school of that stage: admitted across provinces, and reported there (ENR-27). */
export const canBeTaken = ({ status }: Registration, { into }: MoveOrder): boolean => {
  const { stage } = into;
  const admitted = statusAfterHandOver({ kind: 'CROSS_PROVINCE_STUDY', status, stage });
  return admitted !== undefined && statusAfter(admitted, 'REPORT', stage) === 'IN_SCHOOL';
};

const noteAdmission = (
  tx: Tx,
  { order, registration, from, into, at, calendar }: Moving,
  enrollment: string,
): Promise<number> => {
  const { reportedOn } = order;
  const due = reportedOn === null ? undefined : goingOnDue(reportedOn, lawPlaceOfSchool(into), calendar);
  return execute(
    tx,
    `insert into admission (person_id, admission_id, place, school, province, stage, entry_year, last_grade,
       from_enrollment, from_school, state, version, admitted_at, admitted_by, ended_at, ended_by, reported_on, due_on,
       enrollment_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'REPORTED', 1, $11, $12, $11, $12, $13, $14, $15)`,
    [
      ...[order.person, uuidv7(), into.place, into.code, into.province],
      ...[
        order.into.stage,
        order.into.entryYearAdj,
        order.into.lastGrade,
        registration.enrollment,
        from.code,
      ],
      ...[at, `transfer:${order.transfer}`, reportedOn, due?.dueDate ?? null, enrollment],
    ],
  );
};

/**
 * Takes a graduate of another province up at the next stage's school (W-11): GRADUATED, then ADMITTED, then IN_SCHOOL there,
 * within the one transaction of the move, so that nobody is admitted twice (ENR-27). What going on inside a province tells is
 * told, and the admission is kept as reported. Returns the id of the new registration.
 */
export const takeGraduate = async (tx: Tx, moving: Moving): Promise<string> => {
  const { order, registration, into, at } = moving;
  await changeStatus(tx, at, registration, { event: StudentAdmitted, status: 'ADMITTED' }, null);
  await giveUpSeat(tx, registration.classId);
  const { stage, entryYearAdj: entryYear, lastGrade } = order.into;
  const next = {
    ...{ person: order.person, school: into.code, place: into.place, province: into.province },
    ...{ stage, entryYear, lastGrade },
  };
  const enrollment = await goOn(tx, at, next, { ...registration, version: registration.version + 1 });
  await noteAdmission(tx, moving, enrollment);
  return enrollment;
};
