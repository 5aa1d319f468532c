import type { Finding } from '#libs/law/finding.ts';
import { judgeCount } from '#libs/law/statistics/suppression.ts';
import { lastDayOf } from '#libs/law/statistics/timeliness.ts';
import { emptyScope, inScopeOnce } from '#libs/platform/database/scope.ts';
import { badInput } from '#libs/platform/errors/errors.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import {
  type Connection,
  connectionOf,
  type PageArguments,
  pageSize,
  readCursor,
} from '#libs/platform/subgraph/connection.ts';
import { MINISTRY } from '../enrollment-statistics.ts';
import type { Dimension } from '../table/question.ts';
import { labelled, type StatisticsTable, type TableRow } from '../table/table.ts';
import {
  type PublishedContent,
  type PublishedMonth,
  publishedMonths,
  readPublished,
} from './publication-rows.ts';
import { dimensionsOf, type TableName } from './tables.ts';

/** A published table as it leaves. */
export type PublishedTable = PublishedMonth & {
  table: TableName;
  scope: string;
  dimensions: Dimension[];
  rows: TableRow[];
  suppressed: boolean;
  rounded: boolean;
  findings: Finding[];
};

const numberOf = (month: string): number => Number(month.replace('-', ''));
const monthOfNumber = (number: number): string =>
  `${Math.floor(number / 100)}-${String(number % 100).padStart(2, '0')}`;

/** The months whose tables are published, the last first. */
export const listPublished = async (
  core: Pick<ServiceCore, 'app'>,
  page: PageArguments,
): Promise<Connection<PublishedMonth>> => {
  const size = pageSize(page.first, 24);
  const after = readCursor(page.after, 1);
  const before = after === undefined ? undefined : monthOfNumber(Number(after[0]));
  const rows = await inScopeOnce(core.app, emptyScope, (tx) =>
    publishedMonths(tx, { before, size: size + 1 }),
  );
  return connectionOf(
    rows,
    size,
    page.after,
    ({ month }) => [numberOf(month)],
    (month) => month,
  );
};

const shownTable = async (
  { directory }: Pick<ServiceCore, 'directory'>,
  { name, scope, rows, month, asOf, publishedAt, digest }: PublishedContent,
): Promise<PublishedTable> => {
  const dimensions = dimensionsOf(name);
  const suppressed = rows.some(([, count]) => count === null);
  return {
    ...{ table: name, month, scope, asOf, publishedAt, digest, dimensions, suppressed },
    rounded: rows.some(([, , roundedTo]) => roundedTo !== null),
    rows: await labelled(
      directory,
      rows.map(([values, count, roundedTo]) => ({
        keys: dimensions
          .map((dimension, at) => [dimension, values[at] ?? ''] as const)
          .filter(([, value]) => value !== ''),
        ...{ count, roundedTo },
      })),
      ({ code, parent }) => code !== scope && parent === MINISTRY,
    ),
    findings: suppressed ? judgeCount(0, lastDayOf(month), { province: MINISTRY }) : [],
  };
};

/** One published table, of the last published month where none is named; null where none stands. Throws BAD_USER_INPUT. */
export const publishedTable = async (
  core: Pick<ServiceCore, 'app' | 'directory'>,
  asked: { table: TableName; month?: string | null; scope?: string | null },
): Promise<PublishedTable | null> => {
  const scope = asked.scope ?? MINISTRY;
  if (!/^\d{6}$/.test(scope)) {
    throw badInput([
      {
        path: ['scope'],
        code: 'SCOPE_CODE',
        message: '统计范围应为六位机构代码。 A unit code of six digits.',
      },
    ]);
  }
  const found = await inScopeOnce(core.app, emptyScope, (tx) =>
    readPublished(tx, { name: asked.table, scope, month: asked.month ?? undefined }),
  );
  return found === undefined ? null : shownTable(core, found);
};

/** The nation's table by province and stage in the form of other statistics, its total told apart. */
export const publishedStatistics = async (
  core: Pick<ServiceCore, 'app' | 'directory'>,
): Promise<StatisticsTable | null> => {
  const table = await publishedTable(core, { table: 'UNITS_BY_STAGE' });
  if (table === null) return null;
  const { scope, asOf, dimensions, rows, suppressed, findings } = table;
  return {
    ...{ scope, asOf, dimensions, suppressed, findings },
    total: rows.find(({ keys }) => keys.length === 0)?.count ?? null,
    rows: rows.filter(({ keys }) => keys.length > 0),
  };
};
