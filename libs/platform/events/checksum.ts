import type { MikroORM } from '@mikro-orm/postgresql';
import type { Tx } from '../database/orm.ts';
import { query } from '../database/query.ts';
import { asWorker } from '../database/scope.ts';
import type { Projection } from './projection.ts';

/** Number of rows and a sum over their digests, independent of their order. */
export const checksumOfTable = async (tx: Tx, table: string): Promise<string> => {
  const [row] = await query<{ sum: string }>(
    tx,
    `select count(*) || ':' || coalesce(sum(('x' || left(md5(t::text), 15))::bit(60)::bigint), 0) as sum
     from ${table} t`,
  );
  return row?.sum ?? '';
};

/** One checksum over all rows of a projection, independent of their order. */
export const checksum = (orm: MikroORM, projection: Projection): Promise<string> =>
  asWorker(orm, async (tx) => {
    const sums: string[] = [];
    for (const table of projection.tables) sums.push(`${table}=${await checksumOfTable(tx, table)}`);
    return sums.join(' ');
  });
