import { randomUUID } from 'node:crypto';
import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { rowNameContext } from '#services/enrollment/batch/add-row.ts';
import { numberContext, numberKeyOf } from '#services/identity/person/claim-key.ts';
import type { TestNetwork } from '#test/support/network.ts';
import { addEntries } from './entries.ts';
import { addLedger } from './ledger.ts';
import { addTickets } from './tickets.ts';

type School = { school: string; place: string; province: string };

/** Every seventh pupil has a former number and a problem record, every ninth waits for approval. */
export const addWork = async (network: TestNetwork): Promise<void> => {
  await addFormerNumbers(network);
  await addProblemRecords(network);
  await addWaiting(network);
  const schools = await schoolsWithPupils(network);
  await addImports(network, schools);
  await addBatches(network, schools);
  await addLedger(network);
  await addEntries(network);
  await addTickets(network);
};

const addFormerNumbers = async (network: TestNetwork): Promise<void> => {
  const { worker, sealing, clock } = network.service('identity').core;
  await asWorker(worker, async (tx) => {
    const persons = await query<{ person_id: string; place: string }>(
      tx,
      `select person_id, place from (select *, row_number() over (order by person_id) as n from person) p where n % 7 = 0`,
    );
    for (const [index, { person_id, place }] of persons.entries()) {
      const number = `L140105${String(201_809_010_000 + index)}`;
      await execute(
        tx,
        `insert into student_number (person_id, ordinal, place, kind, state, sealed, valid_from, valid_to, reason,
           approver, checks)
         values ($1, 0, $2, 'L_TEMPORARY', 'SUPERSEDED', $3, $4, $4, 'REGISTRATION', 'SYSTEM', '{}')`,
        [person_id, place, sealing.seal(number, numberContext(person_id)), clock.now()],
      );
      await execute(tx, 'insert into number_claim (hash, person_id) values ($1, $2)', [
        numberKeyOf(number, sealing),
        person_id,
      ]);
    }
  });
};

const addProblemRecords = (network: TestNetwork): Promise<unknown> =>
  asWorker(network.service('identity').core.worker, (tx) =>
    execute(
      tx,
      `insert into problem_record (person_id, problem_id, place, kind, state, opened_at, due_on, provisional)
       select person_id, gen_random_uuid(), place, 'COMPARISON_FAILED', 'OPEN',
              timestamptz '2026-09-01 00:00:00Z' + n * interval '1 second', '2026-12-01', false
       from (select *, row_number() over (order by person_id) as n from person) p where n % 7 = 0`,
    ),
  );

const addWaiting = (network: TestNetwork): Promise<unknown> =>
  asWorker(network.service('enrollment').core.worker, (tx) =>
    execute(
      tx,
      `update enrollment set status = 'PENDING_APPROVAL', decided_at = null, decided_by = null
       where person_id in (select person_id from
         (select person_id, row_number() over (order by person_id) as n from enrollment) e where n % 9 = 0)`,
    ),
  );

const schoolsWithPupils = (network: TestNetwork): Promise<School[]> =>
  asWorker(network.service('enrollment').core.worker, (tx) =>
    query<School>(tx, 'select distinct school, place, province from enrollment order by school'),
  );

const addImports = (network: TestNetwork, schools: readonly School[]): Promise<void> =>
  asWorker(network.service('enrollment').core.worker, async (tx) => {
    for (const { school, place, province } of schools) {
      const job = randomUUID();
      await execute(
        tx,
        `insert into import_job (job_id, school, place, province, upload_id, dry_run, entry_year, state, read, total,
           good, registered, bad, started_by, started_at, finished_at, reached, version)
         values ($1, $2, $3, $4, gen_random_uuid(), false, 2026, 'DONE', 2, 2, 1, 1, 1, 'somebody', now(), now(), 2, 1)`,
        [job, school, place, province],
      );
      await execute(
        tx,
        `insert into import_row (job_id, row_no, place, problems)
         values ($1, 2, $2, '[{"item": 1, "path": [], "ruleId": "ID-23", "code": "MISSING", "message": "缺", "messageEn": "-"}]')`,
        [job, place],
      );
    }
  });

/** One list of the running month in each province, with a row of each of its schools. */
const addBatches = (network: TestNetwork, schools: readonly School[]): Promise<void> => {
  const { worker, sealing, directory } = network.service('enrollment').core;
  return asWorker(worker, async (tx) => {
    for (const [province, own] of Map.groupBy(schools, (each) => each.province)) {
      const batch = randomUUID();
      const range = await directory.rangeOf(province);
      await execute(
        tx,
        `insert into grade_batch (batch_id, province, month, place_lo, place_hi, status, due_on, version)
         values ($1, $2, '2026-09', $3, $4, 'LISTED', '2026-09-30', 1)`,
        [batch, province, range?.lo, range?.hi],
      );
      for (const { school, place } of own) {
        const row = randomUUID();
        await execute(
          tx,
          `insert into grade_batch_row (batch_id, row_id, school, place, status, reason, content_key, sealed_name,
             facts, findings, listed_by, listed_at)
           values ($1, $2, $3, $4, 'LISTED', '随父母迁入', $5, $6, $7::jsonb, '[]', 'somebody', now())`,
          [
            batch,
            row,
            school,
            place,
            Buffer.from(`${batch}${school}`),
            sealing.seal('测试儿', rowNameContext(row)),
            JSON.stringify({ stage: 'PRIMARY', entryYearAdj: 2024, lastGrade: 6 }),
          ],
        );
      }
    }
  });
};
