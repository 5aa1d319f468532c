import { insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, queryOne } from '#libs/platform/database/query.ts';
import type { School } from '../school/school.ts';
import { formatSchoolCode, parseSchoolCode, type SchoolCodeType } from '../school/school-code.ts';
import { slotStart } from '../tree/org-unit.ts';

/**
 * Series of numbers that only grow, one for the school codes of each type and province and one for the places under
 * each authority: what was given once is never given again.
 */
const codeSeries = (type: string, province: string): string => `CODE ${type} ${province}`;
const placeSeries = (authority: string): string => `PLACE ${authority}`;

/** Serialises whatever holds the same lock until the transaction ends; returns the last number given. */
const lockSeries = async (tx: Tx, name: string): Promise<number> => {
  await execute(tx, 'insert into number_series (name, last) values ($1, 0) on conflict do nothing', [name]);
  const { last } = await queryOne<{ last: number }>(
    tx,
    'select last from number_series where name = $1 for update',
    [name],
  );
  return last;
};

/** Only one bulk load writes at a time. */
export const lockLoad = (tx: Tx): Promise<number> => lockSeries(tx, 'LOAD');

/** Only one transaction at a time sets a calendar or promotion, the first included, when there is no row to lock. */
export const lockSetting = (tx: Tx, name: string): Promise<number> => lockSeries(tx, `SET ${name}`);

/** The last numbers given where a new school is to stand, locked: codes first, places second, so nobody deadlocks. */
export const lockNumbers = async (
  tx: Tx,
  { type, province, authority }: { type: SchoolCodeType; province: string; authority: string | undefined },
): Promise<{ usedCodes: string[]; lastSequence: number }> => {
  const sequence = await lockSeries(tx, codeSeries(type, province));
  const lastSequence = authority === undefined ? 0 : await lockSeries(tx, placeSeries(authority));
  return { usedCodes: sequence === 0 ? [] : [formatSchoolCode({ type, province, sequence })], lastSequence };
};

/** Raises the series over what these schools have got. */
export const takeNumbers = async (tx: Tx, schools: readonly School[]): Promise<void> => {
  const reached = new Map<string, number>();
  const reach = (name: string, number: number) =>
    void reached.set(name, Math.max(reached.get(name) ?? 0, number));
  for (const school of schools) {
    const parts = parseSchoolCode(school.code);
    if (parts !== null) reach(codeSeries(parts.type, parts.province), parts.sequence);
    reach(placeSeries(school.authority), school.place - slotStart(school.place));
  }
  const series = [...reached].sort(([a], [b]) => (a < b ? -1 : 1));
  await insertRows(
    tx,
    'number_series',
    [
      ['name', 'text'],
      ['last', 'int'],
    ],
    series,
    'on conflict (name) do update set last = greatest(number_series.last, excluded.last)',
  );
};
