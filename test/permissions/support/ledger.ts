import { randomUUID } from 'node:crypto';
import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { TestNetwork } from '#test/support/network.ts';

type Row = { person: string; enrollment: string; school: string; place: string; province: string };

/** One entry of the ledger about a pupil of every school, and what was written to its authority and a township. */
export const addLedger = async (network: TestNetwork): Promise<void> => {
  const { worker, directory } = network.service('enrollment').core;
  const pupils = await asWorker(worker, (tx) =>
    query<Row>(
      tx,
      `select distinct on (school) person_id as person, enrollment_id as enrollment, school, place, province
       from enrollment order by school, person_id`,
    ),
  );
  const schools = await directory.schoolsOf(pupils.map(({ school }) => school));
  await asWorker(worker, async (tx) => {
    for (const { person, enrollment, school, place, province } of pupils) {
      const entry = randomUUID();
      const { authority, county } = schools.get(school) ?? { authority: '', county: null };
      await execute(
        tx,
        `insert into dropout_entry (entry_id, place, province, county, authority, school, person_id, enrollment_id, stage,
           migrant, source, since, state, reported_to, last_action_on, next_action_on, opened_at, opened_by, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 'PRIMARY', false, 'SCHOOL', '2026-09-01', 'CLUE', '{}', '2026-09-02',
           '2026-10-02', '2026-09-02T09:00:00+08:00', 'somebody', 1)`,
        [entry, place, province, county, authority, school, person, enrollment],
      );
      const range = await directory.rangeOf(authority);
      for (const addressee of [authority, `${authority}101`]) {
        await execute(
          tx,
          `insert into official_notice (notice_id, place, addressee, recipient, kind, person_id, entry_id, school, sent_by,
             sender, sent_at)
           values (gen_random_uuid(), $1, $2, 'REGISTRY_AUTHORITY', 'DROPOUT', $3, $4, $5, 'somebody', $5, now())`,
          [range?.lo, addressee, person, entry, school],
        );
      }
    }
  });
};
