import type { MikroORM } from '@mikro-orm/postgresql';
import { query } from '../database/query.ts';
import { asWorkerOnce, single } from '../database/scope.ts';
import type { Log } from '../log/log.ts';
import { describe } from '../service/loop.ts';
import { keyParts, resealFunction } from './resealing.ts';
import { keyIdOf, type Sealing, sealedPrefix } from './sealing.ts';

/** A column of sealed values, and what each of them is bound to. */
export type SealedColumn = {
  table: string;
  column: string;
  /** Columns that the context is made of. */
  from: readonly string[];
  /** The context that the value was sealed for, of those columns as text. */
  context: (...values: [string, string]) => string;
};

export type SealedCore = { worker: MikroORM; sealing: Sealing; log: Log };

const batch = 200;

type Row = { sealed: Buffer; key: string[]; bound: [string, string] };

/** What came of a batch: values sealed anew, those that no key of the ring opens, and where to go on (null: at the end). */
export type Resealed = { values: number; unreadable: number; after: string[] | null };

/**
 * Seals values of a column anew that are not under the current key, from a key of the table on. A value that was changed
 * meanwhile is left to whoever changed it; one that cannot be opened stays as it is and is logged by its column alone.
 */
export const resealValues = async (
  { worker, sealing, log }: SealedCore,
  { table, column, from, context }: SealedColumn,
  after: readonly string[] | null,
): Promise<Resealed> => {
  const key = await single<{ name: string; type: string }>(worker, keyParts, [table]);
  const names = key.map(({ name }) => name).join(', ');
  const texts = (columns: readonly string[]) => `array[${columns.map((name) => `${name}::text`).join(', ')}]`;
  const bounds = key.map(({ type }, at) => `$${at + 2}::${type}`).join(', ');
  const rows = await asWorkerOnce(worker, (tx) =>
    query<Row>(
      tx,
      `select ${column} as sealed, ${texts(key.map(({ name }) => name))} as key, ${texts(from)} as bound from ${table}
       where ${column} is not null and substring(${column} from 1 for length($1::bytea)) <> $1::bytea
       ${after === null ? '' : `and (${names}) > (${bounds})`} order by ${names} limit ${batch}`,
      [sealedPrefix(sealing.keyId), ...(after ?? [])],
    ),
  );
  let [values, unreadable] = [0, 0];
  for (const { sealed, key: found, bound } of rows) {
    try {
      const anew = sealing.seal(sealing.open(sealed, context(...bound)), context(...bound));
      const [swapped] = await asWorkerOnce(worker, (tx) =>
        query<{ done: boolean }>(tx, `select ${resealFunction({ table, column })}($1, $2, $3) as done`, [
          found,
          sealed,
          anew,
        ]),
      );
      values += swapped?.done ? 1 : 0;
    } catch (error) {
      if (!isUnreadable(sealing, sealed, context(...bound))) throw error;
      unreadable += 1;
      log.error(
        { incident: 'VALUE_NOT_READABLE', table, column, error: describe(error) },
        'a sealed value does not open',
      );
    }
  }
  return { values, unreadable, after: rows.length < batch ? null : (rows.at(-1)?.key ?? null) };
};

const isUnreadable = (sealing: Sealing, sealed: Buffer, context: string): boolean => {
  try {
    sealing.open(sealed, context);
    return false;
  } catch {
    return true;
  }
};

/** How many values of the columns each key has sealed. */
export const valuesByKey = async (
  worker: MikroORM,
  columns: readonly SealedColumn[],
): Promise<Map<string, number>> => {
  const counts = new Map<string, number>();
  for (const { table, column } of columns) {
    const rows = await single<{ head: Buffer; count: string }>(
      worker,
      `select substring(${column} from 1 for 2 + get_byte(${column}, 1)) as head, count(*) as count from ${table}
       where ${column} is not null group by 1`,
    );
    for (const { head, count } of rows) {
      const key = keyIdOf(head);
      counts.set(key, (counts.get(key) ?? 0) + Number(count));
    }
  }
  return counts;
};
