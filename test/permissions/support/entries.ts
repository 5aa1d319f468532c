import { randomUUID } from 'node:crypto';
import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { calendarOf } from '#services/enrollment/calendar-of.ts';
import type { TestNetwork } from '#test/support/network.ts';

type Row = { person: string; enrollment: string; school: string; place: string; province: string };

/** At every school one place granted and one admission; at two counties a deferral. */
export const addEntries = async (network: TestNetwork): Promise<void> => {
  const { core } = network.service('enrollment');
  const { worker, directory, sealing } = core;
  const { version } = await calendarOf(core);
  const child = JSON.stringify({ name: '测试儿', birthDate: '2020-01-05', grounds: '生病' });
  await asWorker(worker, async (tx) => {
    const pupils = await query<Row>(
      tx,
      `select distinct on (school) person_id as person, enrollment_id as enrollment, school, place, province
       from enrollment order by school, person_id`,
    );
    for (const { person, enrollment, school, place, province } of pupils) {
      const id = randomUUID();
      await execute(
        tx,
        `insert into entry_place (place_id, place, school, province, stage, school_year, name_key, sealed, state, provisional,
           dated_on, due_calendar, granted_by, granted_at, version)
         values ($1, $2, $3, $4, 'PRIMARY', 2027, $5, $6, 'GRANTED', true, '2026-09-02', $7, 'somebody', now(), 1)`,
        [id, place, school, province, Buffer.from(id), sealing.seal(child, `entry-place:${id}`), version],
      );
      await execute(
        tx,
        `insert into admission (person_id, admission_id, place, school, province, stage, entry_year, last_grade,
           from_enrollment, from_school, state, version, admitted_at, admitted_by, dated_on, no_show_calendar)
         values ($1, $2, $3, $4, $5, 'JUNIOR', 2027, 3, $6, $4, 'ADMITTED', 1, now(), 'somebody', '2026-09-02', $7)`,
        [person, randomUUID(), place, school, province, enrollment, version],
      );
    }
    for (const county of ['140105', '410503']) {
      const id = randomUUID();
      const range = await directory.rangeOf(county);
      await execute(
        tx,
        `insert into deferral (deferral_id, place, county, province, household_county, school_year, name_key, sealed, state,
           applied_by, applied_on, applied_at, due_on, provisional, due_calendar, version)
         values ($1, $2, $3, $4, $3, 2026, $5, $6, 'APPLIED', 'somebody', '2026-08-20', now(), '2026-09-03', false, $7, 1)`,
        [
          ...[id, range?.lo, county, `${county.slice(0, 2)}0000`, Buffer.from(id)],
          ...[sealing.seal(child, `deferral:${id}`), version],
        ],
      );
    }
  });
};
