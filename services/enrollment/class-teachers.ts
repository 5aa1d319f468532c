import { mostPupilsOfTeacher } from '#libs/contracts/commands/pupils-of-teacher.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
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

/** Who leads a class: a login, since when. */
export type ClassTeacher = { subject: string; since: string };

/** Who leads the classes now, by class, as far as the transaction's scope covers them. */
export const teachersOf = async (
  tx: Tx,
  classes: readonly string[],
): Promise<ReadonlyMap<string, ClassTeacher>> => {
  const rows = await query<{ class_id: string; subject: string; since: Date }>(
    tx,
    'select class_id, subject, since from class_teacher where class_id = any($1::uuid[]) and until is null',
    [classes],
  );
  return new Map(
    rows.map(({ class_id, subject, since }) => [class_id, { subject, since: new Date(since).toISOString() }]),
  );
};
