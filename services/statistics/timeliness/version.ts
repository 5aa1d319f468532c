import { lastDayOf, type Month } from '#libs/law/statistics/timeliness.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';

/** Which report of a month is read: as it was issued, or as it runs until then. */
export type Version = {
  kind: 'LIVE' | 'ISSUED';
  month: Month;
  firstDay: string;
  lastDay: string;
  issuedAt: string | null;
  digest: string | null;
};

/** The issued report of a month, or the one that runs. */
export const versionOf = async (tx: Tx, month: Month): Promise<Version> => {
  const firstDay = `${month}-01`;
  const [issued] = await query<{ issued_at: Date | string; digest: string }>(
    tx,
    'select issued_at, digest from issued_report where month = $1',
    [firstDay],
  );
  const days = { month, firstDay, lastDay: lastDayOf(month) };
  return issued === undefined
    ? { kind: 'LIVE', ...days, issuedAt: null, digest: null }
    : { kind: 'ISSUED', ...days, issuedAt: new Date(issued.issued_at).toISOString(), digest: issued.digest };
};
