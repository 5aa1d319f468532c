import type { GradePosition } from '#libs/contracts/events/enrollment-status.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { giveUpSeat } from '../seat.ts';
import type { Effect } from './plan.ts';
import type { Registration } from './situation.ts';

const positionAfter = (registration: Registration, effect: Effect): GradePosition => ({
  stage: registration.stage,
  entryYearAdj: effect.entryYearAdj ?? registration.entryYearAdj,
  lastGrade: registration.lastGrade,
  frozenAt: effect.frozenAt === undefined ? registration.frozenAt : effect.frozenAt,
});

/** Who was kept in a grade may sit with its cohort already before counting as one of it (ENR-24). */
const sitsWith = async (tx: Tx, schoolClass: string | null, cohort: number): Promise<boolean> =>
  schoolClass !== null &&
  (
    await query(tx, 'select 1 from school_class where class_id = $1 and entry_year_adj = $2', [
      schoolClass,
      cohort,
    ])
  ).length > 0;

/**
 * Changes the state of a registration that this transaction holds, and tells of it: one row, one version, one event.
 * Whoever joins another cohort, or leaves, gives up the seat in the class.
 */
export const changeStatus = async (
  tx: Tx,
  at: string,
  registration: Registration,
  effect: Effect,
  caseId: string | null,
): Promise<void> => {
  const position = positionAfter(registration, effect);
  const active = effect.active ?? registration.active;
  const staysInClass =
    active &&
    (position.entryYearAdj === registration.entryYearAdj ||
      (await sitsWith(tx, registration.classId, position.entryYearAdj)));
  if (!staysInClass) await giveUpSeat(tx, registration.classId);
  await execute(
    tx,
    `with versions as (update pupil set version = version + 1 where person_id = $1)
     update enrollment set status = $3, entry_year_adj = $4, frozen_at = $5, active = $6, class_id = $7,
       suspended_until = $8, dropout_mark = $9, overseas_experience = overseas_experience or $10
     where person_id = $1 and enrollment_id = $2`,
    [
      registration.person,
      registration.enrollment,
      effect.status,
      position.entryYearAdj,
      position.frozenAt,
      active,
      staysInClass ? registration.classId : null,
      effect.suspendedUntil === undefined ? registration.suspendedUntil : effect.suspendedUntil,
      effect.dropoutMark ?? registration.dropoutMark,
      effect.overseasExperience ?? false,
    ],
  );
  await recordEvents(tx, at, [
    recorded(effect.event, registration.person, registration.version + 1, {
      person: registration.person,
      enrollment: registration.enrollment,
      school: registration.school,
      place: registration.place,
      province: registration.province,
      status: effect.status,
      position,
      case: caseId,
    }),
  ]);
};
