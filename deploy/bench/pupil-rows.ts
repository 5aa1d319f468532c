import { query, queryOne } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { RunningService } from '#libs/platform/service/start.ts';
import { enrollmentIdOf } from '#services/enrollment/enrollment-id.ts';

/** What a grade is worked out from, as the row holds it. */
export type SampledPupil = {
  id: string;
  schoolClass: string;
  entryYearAdj: number;
  lastGrade: number;
  frozenAt: string | null;
};

type Row = {
  person: string;
  enrollment: string;
  class: string;
  cohort: number;
  last: number;
  frozen: Date | null;
};

/** The pupils of classes at random, at least so many. */
export const samplePupils = async (core: ServiceCore, pupils: number): Promise<SampledPupil[]> => {
  const rows = await asWorker(core.worker, (tx) =>
    query<Row>(
      tx,
      `with drawn as (
         select class_id from (select class_id, sum(size) over (order by draw) - size as before
                               from (select class_id, size, random() as draw from school_class where size > 0) c) s
         where before < $1)
       select person_id as person, enrollment_id as enrollment, class_id as class, entry_year_adj as cohort,
              last_grade as last, frozen_at as frozen
       from enrollment join drawn using (class_id) where active`,
      [pupils],
    ),
  );
  return rows.map((row) => ({
    id: enrollmentIdOf(row),
    schoolClass: row.class,
    entryYearAdj: row.cohort,
    lastGrade: row.last,
    frozenAt: row.frozen && new Date(row.frozen).toISOString(),
  }));
};

/** How the tables of pupils stood: the last transaction, and how many rows each held. */
export type RowMark = { transaction: string; rows: Record<string, number> };

/** Every table with a person in it, of every service. */
const tablesOf = async ({ core }: RunningService): Promise<string[]> =>
  (
    await asWorker(core.worker, (tx) =>
      query<{ name: string }>(
        tx,
        `select table_schema || '.' || table_name as name from information_schema.columns
         where table_schema = current_schema() and column_name = 'person_id' order by 1`,
      ),
    )
  ).map(({ name }) => name);

const countOf = async ({ core }: RunningService, table: string, condition: string, values: unknown[] = []) =>
  Number(
    (
      await asWorker(core.worker, (tx) =>
        queryOne<{ n: string }>(tx, `select count(*) as n from ${table} where ${condition}`, values),
      )
    ).n,
  );

export const markRows = async (services: readonly RunningService[]): Promise<RowMark> => {
  const rows: Record<string, number> = {};
  for (const service of services)
    for (const table of await tablesOf(service)) rows[table] = await countOf(service, table, 'true');
  const [first] = services;
  if (first === undefined) throw new Error('no service runs');
  const { xid } = await asWorker(first.core.worker, (tx) =>
    queryOne<{ xid: string }>(tx, 'select pg_current_xact_id()::xid::text as xid'),
  );
  return { transaction: xid, rows };
};

/** Rows of pupils that were inserted, changed or removed since. */
export const rowsWrittenSince = async (
  services: readonly RunningService[],
  { transaction, rows }: RowMark,
): Promise<number> => {
  let written = 0;
  for (const service of services) {
    for (const table of await tablesOf(service)) {
      written += await countOf(service, table, 'age(xmin) < age($1::text::xid)', [transaction]);
      const inserted = (await countOf(service, table, 'true')) - (rows[table] ?? 0);
      written += Math.max(0, -inserted);
    }
  }
  return written;
};
