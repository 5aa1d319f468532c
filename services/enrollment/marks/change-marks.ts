import { EnrollmentMarksChanged, type StudentAwayReported } from '#libs/contracts/events/enrollment-marks.ts';
import type { AwayReason } from '#libs/law/enrollment/cancellation.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import type { Registration } from '../cases/situation.ts';

/** Marks beside the state. What is left out stays as it is. */
export type Marks = {
  dropoutMark?: boolean;
  awayReason?: AwayReason | null;
  atSpecializedSchool?: boolean;
};

/**
 * Sets or takes away marks of a registration that this transaction holds; the state stays (ENR-22, ENR-57, ENR-62).
 * One version, one event; returns the new version.
 */
export const changeMarks = async (
  tx: Tx,
  at: string,
  registration: Registration,
  marks: Marks,
  event: typeof EnrollmentMarksChanged | typeof StudentAwayReported = EnrollmentMarksChanged,
): Promise<number> => {
  const { person, enrollment, school, place, province } = registration;
  const version = registration.version + 1;
  await execute(
    tx,
    `update enrollment set dropout_mark = coalesce($3, dropout_mark),
       away_reason = case when $4 then $5 else away_reason end,
       at_specialized_school = coalesce($6, at_specialized_school)
     where person_id = $1 and enrollment_id = $2`,
    [
      person,
      enrollment,
      marks.dropoutMark ?? null,
      marks.awayReason !== undefined,
      marks.awayReason ?? null,
      marks.atSpecializedSchool ?? null,
    ],
  );
  await execute(tx, 'update pupil set version = $2 where person_id = $1', [person, version]);
  await recordEvents(tx, at, [
    recorded(event, person, version, { person, enrollment, school, place, province }),
  ]);
  return version;
};
