import { ExamRegistrationSet } from '#libs/contracts/events/organization.ts';
import type { ExamRegistration } from '#libs/law/organization/exam-registration.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { queryOne } from '#libs/platform/database/query.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { lockSetting } from './number-series.ts';

/** Writes what a region announced and tells of it: aggregate `exam-registration:<region>:<year>`. */
export const saveExamRegistration = async (
  tx: Tx,
  announced: ExamRegistration,
  at: string,
): Promise<{ aggregate: string; version: number }> => {
  const { region, schoolYear, endsOn } = announced;
  const aggregate = `exam-registration:${region}:${schoolYear}`;
  await lockSetting(tx, aggregate);
  const { version } = await queryOne<{ version: number }>(
    tx,
    `insert into exam_registration (region, school_year, ends_on, version) values ($1, $2, $3, 1)
     on conflict (region, school_year) do update
       set ends_on = excluded.ends_on, version = exam_registration.version + 1
     returning version`,
    [region, schoolYear, endsOn],
  );
  await recordEvents(tx, at, [recorded(ExamRegistrationSet, aggregate, version, announced)]);
  return { aggregate, version };
};
