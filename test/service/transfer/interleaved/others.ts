import { randomUUID } from 'node:crypto';
import { lawPromotions } from '#libs/law/enrollment/grade.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { beforeAll as fromTheFirst, movePupils } from '#services/enrollment/succession/move-pupils.ts';
import { changeRegistration } from '../registration-changes.ts';
import { type Ground, type Known, SECOND_GRADE } from './ground.ts';

/** What else happens to a registration while a case about it runs, done by enrollment itself. */

/** Suspends or graduates who is in school; who is suspended resumes. */
export const changeState = (
  { enrollment }: Ground,
  { person }: Known,
  what: 'SUSPEND' | 'GRADUATE',
): Promise<void> =>
  changeRegistration(enrollment, person, (status) => {
    if (status === 'SUSPENDED') return 'resumed';
    if (status !== 'IN_SCHOOL') return undefined;
    return what === 'SUSPEND' ? 'suspended' : 'graduated';
  });

/** Another matter of the registration begins, or the one that runs ends. */
export const toggleOtherCase = async ({ admin }: Ground, { person }: Known): Promise<void> => {
  await admin.query(
    `with ended as (update enrollment.enrollment_case set state = 'WITHDRAWN', ended_at = now()
                    where person_id = $1 and state = 'RUNNING' returning case_id)
     insert into enrollment.enrollment_case (person_id, case_id, enrollment_id, school, place, province, kind, state,
       parties, facts, findings, policy_on, opened_at, opened_by, version)
     select person_id, $2, enrollment_id, school, place, province, 'SUSPENSION', 'RUNNING', '{SCHOOL}', '{}', '[]',
       '2026-09-02', now(), 'somebody', 1
     from enrollment.enrollment where person_id = $1 and active and not exists (select from ended)
     on conflict do nothing`,
    [person, randomUUID()],
  );
};

/** The registrations of the sending school go on at another one. */
export const moveByMerger = async (
  { enrollment, schools: { source: from, ...others } }: Ground,
  into: 'successor' | 'b',
): Promise<void> => {
  const { worker, clock, directory } = enrollment;
  const merger = from.succession?.merger ?? randomUUID();
  const moment = { at: clock.now(), promotions: lawPromotions(await directory.promotions()) };
  await asWorker(worker, (tx) => movePupils(tx, { merger, from, into: others[into] }, moment, fromTheFirst));
};

/**
 * A place of a receiving school is given to somebody else, whoever it was held for, as long as nobody sits in it already;
 * asked again it is free again.
 */
export const giveOrTakePlace = async (
  { admin, schools, classes, children }: Ground,
  at: 'a' | 'b',
): Promise<void> => {
  const { person } = children.other;
  const school = schools[at];
  const client = await admin.connect();
  try {
    await client.query('begin');
    // Before it looks what is held, as whoever holds a place does: one that is just being held is taken away as well.
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `places ${school.code} PRIMARY ${SECOND_GRADE}`,
    ]);
    const gone = await client.query(
      'delete from enrollment.enrollment where person_id = $1 returning class_id',
      [person],
    );
    await client.query(
      'update enrollment.school_class set size = size - 1 where class_id = any($1::uuid[])',
      [gone.rows.map(({ class_id }) => class_id)],
    );
    if (gone.rows.length === 0) {
      await client.query(
        `update enrollment.place_reservation set state = 'RELEASED', ended_at = now()
         where school = $1 and state = 'HELD'`,
        [school.code],
      );
      await client.query(`select from enrollment.school_class where class_id = $1 for update`, [classes[at]]);
      await client.query(
        `insert into enrollment.pupil (person_id, place, version) values ($1, $2, 1) on conflict do nothing`,
        [person, school.place],
      );
      const came = await client.query(
        `insert into enrollment.enrollment (person_id, enrollment_id, school, place, province, stage, entry_year_adj,
           last_grade, class_id, status, channel, active, marks, held, registered_at, due_on, due_provisional)
         select $1, $2, c.school, c.place, $3, c.stage, c.entry_year_adj, 6, c.class_id, 'IN_SCHOOL',
           'PRIMARY_GRADE_ONE', true, '{}', '[]', now(), '2026-09-02', false
         from enrollment.school_class c where c.class_id = $4 and c.capacity >
           (select count(*) from enrollment.enrollment e where e.school = c.school and e.active
              and e.entry_year_adj = c.entry_year_adj)
         on conflict do nothing`,
        [person, randomUUID(), school.province, classes[at]],
      );
      await client.query('update enrollment.school_class set size = size + $2 where class_id = $1', [
        ...[classes[at], came.rowCount ?? 0],
      ]);
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
};
