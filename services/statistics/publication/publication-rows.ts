import { createHash } from 'node:crypto';
import type { Month } from '#libs/law/statistics/timeliness.ts';
import { type Columns, insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { TableName } from './tables.ts';

/** A row as it was published: a value for each dimension, the empty text for all; null where a count is hidden. */
export type PublishedRow = readonly [
  values: readonly string[],
  count: number | null,
  roundedTo: number | null,
];

export type TableContent = { name: TableName; scope: string; rows: readonly PublishedRow[] };

/** A month whose tables stand. */
export type PublishedMonth = { month: Month; asOf: string; publishedAt: string; digest: string };

export type PublishedContent = TableContent & PublishedMonth;

const columns: Columns = [
  ['month', 'date'],
  ['name', 'text'],
  ['scope', 'text'],
  ['rows', 'jsonb'],
  ['digest', 'text'],
];

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** SHA-256 of a table in hexadecimal: of its month, name, scope and rows, in the order in which they stand. */
export const digestOfTable = (month: Month, { name, scope, rows }: TableContent): string =>
  sha256(JSON.stringify([month, name, scope, rows]));

/** Writes a month: its tables, and one digest over theirs. */
export const savePublication = async (
  tx: Tx,
  { month, asOf, publishedAt }: Omit<PublishedMonth, 'digest'>,
  tables: readonly TableContent[],
): Promise<void> => {
  const digests = tables.map((table) => digestOfTable(month, table));
  await insertRows(
    tx,
    'published_table',
    columns,
    tables.map(({ name, scope, rows }, at) => [
      `${month}-01`,
      name,
      scope,
      JSON.stringify(rows),
      digests[at],
    ]),
    '',
  );
  await execute(
    tx,
    'insert into published_month (month, as_of, published_at, digest) values ($1, $2, $3, $4)',
    [`${month}-01`, asOf, publishedAt, sha256(digests.join(''))],
  );
};

type MonthRow = { month: string; as_of: Date | string; published_at: Date | string; digest: string };

const monthOfRow = ({ month, as_of, published_at, digest }: MonthRow): PublishedMonth => ({
  ...{ month, digest },
  asOf: new Date(as_of).toISOString(),
  publishedAt: new Date(published_at).toISOString(),
});

/** The months that stand, the last first, from before a month on. */
export const publishedMonths = async (
  tx: Tx,
  page: { before?: Month; size: number },
): Promise<PublishedMonth[]> => {
  const rows = await query<MonthRow>(
    tx,
    `select to_char(month, 'YYYY-MM') as month, as_of, published_at, digest from published_month
     where $1::date is null or month < $1::date order by published_month.month desc limit $2`,
    [page.before === undefined ? null : `${page.before}-01`, page.size],
  );
  return rows.map(monthOfRow);
};

/** A table of a month, or of the last one; undefined where none stands. */
export const readPublished = async (
  tx: Tx,
  asked: { name: TableName; scope: string; month?: Month },
): Promise<PublishedContent | undefined> => {
  const [row] = await query<MonthRow & { rows: PublishedRow[] }>(
    tx,
    `select to_char(month, 'YYYY-MM') as month, as_of, published_at, one.digest, rows
     from published_table one join published_month using (month)
     where name = $1 and scope = $2 and ($3::date is null or month = $3::date)
     order by one.month desc limit 1`,
    [asked.name, asked.scope, asked.month === undefined ? null : `${asked.month}-01`],
  );
  return row && { ...monthOfRow(row), name: asked.name, scope: asked.scope, rows: row.rows };
};
