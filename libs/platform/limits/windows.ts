import type { MikroORM } from '@mikro-orm/postgresql';
import { query } from '../database/query.ts';
import { asWorkerOnce } from '../database/scope.ts';
import type { ServiceRoles } from '../database/tables.ts';
import { AppError } from '../errors/errors.ts';

/** So many questions in a window of so many seconds. */
export type Limit = { most: number; seconds: number };

/** What a question is counted under: a keyed hash, and the limit for it. */
export type Count = { key: Buffer; limit: Limit };

/** A table of counts, as `countTable` makes it. */
export type CountTable = `${string}_count`;

/** Counts of windows by keyed hashes alone; workers count, requests do not look. What a crash takes begins anew. */
export const countTable = (name: CountTable, { app }: Pick<ServiceRoles, 'app'>): string[] => [
  `create unlogged table ${name} (key bytea primary key, ends_at timestamptz not null, asked int not null)`,
  `create index ${name}_ends on ${name} (ends_at)`,
  `revoke all on ${name} from ${app}`,
];

/** Windows that ended long ago go two at a time, with each question that comes. */
const statementOf = (table: CountTable): string => `with old as (
    delete from ${table} where key in (
      select key from ${table} where ends_at < $3::timestamptz - interval '1 day' and key <> all($1::bytea[])
      order by ends_at limit 2 for update skip locked))
  insert into ${table} as c (key, ends_at, asked)
  select k, e, 1 from unnest($1::bytea[], $2::timestamptz[]) as row (k, e) order by k
  on conflict (key) do update set ends_at = excluded.ends_at,
    asked = case when c.ends_at = excluded.ends_at then c.asked + 1 else 1 end
  returning key, asked`;

const tooMany = (seconds: number): AppError =>
  new AppError(
    'RATE_LIMITED',
    `查询过于频繁，请在 ${seconds} 秒后再试。 Too many questions: try again in ${seconds} seconds.`,
    { retryAfter: seconds },
  );

/**
 * Counts a question in the database, and so over all processes. Throws RATE_LIMITED with the seconds until one may ask again,
 * where any of the counts is beyond its limit. `now`: milliseconds.
 */
export const countInWindows = async (
  worker: MikroORM,
  table: CountTable,
  counts: readonly Count[],
  now: number,
): Promise<void> => {
  const ends = counts.map(
    ({ limit }) => (Math.floor(now / (limit.seconds * 1000)) + 1) * limit.seconds * 1000,
  );
  const rows = await asWorkerOnce(worker, (tx) =>
    query<{ key: Buffer; asked: number }>(tx, statementOf(table), [
      counts.map(({ key }) => key),
      ends.map((end) => new Date(end).toISOString()),
      new Date(now).toISOString(),
    ]),
  );
  const waits = counts.flatMap(({ key, limit }, index) => {
    const asked = rows.find((row) => row.key.equals(key))?.asked ?? 0;
    return asked > limit.most ? [Math.ceil(((ends[index] ?? now) - now) / 1000)] : [];
  });
  if (waits.length > 0) throw tooMany(Math.max(...waits));
};
