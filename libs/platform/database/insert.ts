import type { Tx } from './orm.ts';
import { query } from './query.ts';

/** Columns of a bulk insert: name and PostgreSQL type, in the order of each row's values. */
export type Columns = readonly (readonly [name: string, type: string])[];

/**
 * Inserts any number of rows with one statement of bound arrays. `tail` may add ON CONFLICT and RETURNING;
 * returns what RETURNING yields.
 */
export const insertRows = async <Row = never>(
  tx: Tx,
  table: string,
  columns: Columns,
  rows: readonly (readonly unknown[])[],
  tail = '',
): Promise<Row[]> => {
  if (rows.length === 0) return [];
  const names = columns.map(([name]) => name).join(', ');
  const arrays = columns.map(([, type], index) => `$${index + 1}::${type}[]`).join(', ');
  const values = columns.map((_, index) => rows.map((row) => row[index] ?? null));
  return query<Row>(tx, `insert into ${table} (${names}) select * from unnest(${arrays}) ${tail}`, values);
};
