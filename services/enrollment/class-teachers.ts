import { mostPupilsOfTeacher } from '#libs/contracts/commands/pupils-of-teacher.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

/** Persons whom a class teacher of a school leads now: who sits in a class that the teacher has, and nobody else. */
export const pupilsLedBy = async (
  { worker }: Pick<ServiceCore, 'worker'>,
  { subject, school }: { subject: string; school: string },
): Promise<string[]> => {
  const rows = await asWorker(worker, (tx) =>
    query<{ person_id: string }>(
      tx,
      `select e.person_id from class_teacher t
       join school_class c on c.class_id = t.class_id
       join enrollment e on e.class_id = t.class_id
       where t.subject = $1 and t.until is null and c.school = $2 and e.school = $2 and e.active
       order by e.person_id limit $3`,
      [subject, school, mostPupilsOfTeacher],
    ),
  );
  return rows.map((row) => row.person_id);
};
