import type { MikroORM } from '@mikro-orm/postgresql';
import { connectDatabase, type Tx } from '../database/orm.ts';
import { execute, query, queryOne } from '../database/query.ts';
import { asWorker } from '../database/scope.ts';
import type { Checkpoint } from './checkpoint.ts';
import { checksumOfTable } from './checksum.ts';
import type { Projection } from './projection.ts';

/** What belongs to a consumer beside its own tables. */
const bookkeeping = ['inbox_checkpoint', 'inbox_parked'] as const;

/** A session whose temporary tables stand before the service's tables of the same names, which are in `schema`. */
export type Shadow = { orm: MikroORM; schema: string; projection: Projection };

/**
 * Opens a session of its own and makes in it empty copies of the projection's tables (columns, keys, indexes) and of
 * its bookkeeping: what runs in it builds beside the real ones. Should the connection be lost, its successor sees no
 * table at all and the rebuild fails. No transaction timeout: the exchange of a large projection takes longer.
 */
export const openShadow = async (
  worker: MikroORM,
  workerUrl: string,
  projection: Projection,
): Promise<Shadow> => {
  const { schema } = await asWorker(worker, (tx) =>
    queryOne<{ schema: string }>(tx, 'select quote_ident(current_schema()) as schema'),
  );
  const orm = await connectDatabase({
    url: workerUrl,
    entities: [],
    poolSize: 1,
    transactionTimeout: 0,
    searchPath: 'pg_temp',
  });
  await asWorker(orm, async (tx) => {
    await execute(tx, `set temp_buffers = '128MB'`);
    for (const table of [...bookkeeping, ...projection.tables]) {
      await execute(tx, `create temporary table ${table} (like ${schema}.${table} including all)`);
    }
    await execute(tx, `set search_path = pg_temp, ${schema}`);
  });
  return { orm, schema, projection };
};

const notBegun: Checkpoint = { seq: 0, epoch: null };

/** Where the inboxes stand, which wait from here to the end of the transaction when `lock` is true. */
export const realCheckpoints = async (
  tx: Tx,
  { schema, projection }: Shadow,
  lock: boolean,
): Promise<Map<string, Checkpoint>> => {
  if (lock) {
    await execute(
      tx,
      `insert into ${schema}.inbox_checkpoint (consumer, source, seq) select $1, source, 0
       from unnest($2::text[]) as source on conflict do nothing`,
      [projection.name, projection.sources],
    );
  }
  const rows = await query<{ source: string; seq: string; epoch: string | null }>(
    tx,
    `select source, seq, epoch from ${schema}.inbox_checkpoint where consumer = $1 order by source
     ${lock ? 'for update' : ''}`,
    [projection.name],
  );
  const known = rows.map(({ source, seq, epoch }) => [source, { seq: Number(seq), epoch }] as const);
  return new Map([...projection.sources.map((source) => [source, notBegun] as const), ...known]);
};

/** The tables whose rows came out other than they are. */
export const differentTables = async (tx: Tx, { schema, projection }: Shadow): Promise<string[]> => {
  const different: string[] = [];
  for (const table of projection.tables) {
    const real = await checksumOfTable(tx, `${schema}.${table}`);
    if (real !== (await checksumOfTable(tx, `pg_temp.${table}`))) different.push(table);
  }
  return different;
};

/** Puts the shadow's rows in the place of the real ones, in the tables named and in the consumer's bookkeeping. */
export const exchange = async (tx: Tx, shadow: Shadow, tables: readonly string[]): Promise<void> => {
  const { schema, projection } = shadow;
  for (const table of tables.toReversed()) await execute(tx, `delete from ${schema}.${table}`);
  for (const table of bookkeeping) {
    await execute(tx, `delete from ${schema}.${table} where consumer = $1`, [projection.name]);
  }
  for (const table of [...tables, ...bookkeeping]) {
    const columns = await columnsOf(tx, `${schema}.${table}`);
    await execute(tx, `insert into ${schema}.${table} (${columns}) select ${columns} from pg_temp.${table}`);
  }
};

/** Columns that a statement may write. */
const columnsOf = async (tx: Tx, table: string): Promise<string> => {
  const { columns } = await queryOne<{ columns: string }>(
    tx,
    `select string_agg(quote_ident(attname), ', ' order by attnum) as columns from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [table],
  );
  return columns;
};

export const parkedInShadow = async (tx: Tx): Promise<number> =>
  Number((await queryOne<{ n: string }>(tx, 'select count(*) as n from pg_temp.inbox_parked')).n);
