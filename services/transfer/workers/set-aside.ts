import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { CaseRecord } from '../cases/case-record.ts';
import { lockFirst } from '../cases/case-rows.ts';

const HOUR_MS = 3_600_000;
const key = {
  transfer_case: 'case_id',
  transfer_attendance: 'attendance_id',
  transfer_application: 'application_id',
} as const;

/** Notes which row is worked on, and tells the condition under which one may be. */
type Taking = { isFree: (parameter: number) => string; now: string; took: (id: string) => void };

/**
 * Runs work of the clock on one row of a table. A row at which the work throws is left alone for an hour, so that those
 * behind it have their turn; the error is thrown on.
 */
export const onRow = async <T>(
  core: Pick<ServiceCore, 'worker' | 'clock'>,
  table: keyof typeof key,
  work: (tx: Tx, taking: Taking) => Promise<T>,
): Promise<T> => {
  let at: string | undefined;
  const taking: Taking = {
    isFree: (parameter) => `(set_aside_until is null or set_aside_until <= $${parameter}::timestamptz)`,
    now: core.clock.now(),
    took: (id) => {
      at = id;
    },
  };
  try {
    return await asWorker(core.worker, (tx) => work(tx, taking));
  } catch (error) {
    const row = at;
    const until = new Date(Date.parse(taking.now) + HOUR_MS).toISOString();
    if (row !== undefined)
      await asWorker(core.worker, (tx) =>
        execute(tx, `update ${table} set set_aside_until = $2 where ${key[table]} = $1`, [row, until]),
      );
    throw error;
  }
};

/** The first case of which a condition is true, locked; see `lockFirst`. */
export type FirstCase = (
  condition: string,
  parameters: readonly unknown[],
  order: string,
) => Promise<CaseRecord | undefined>;

/** Runs work of the clock on the first case that there is for it; one at which it throws is left alone for an hour. */
export const onFirstCase = <T>(
  core: Pick<ServiceCore, 'worker' | 'clock'>,
  work: (tx: Tx, first: FirstCase) => Promise<T>,
): Promise<T> =>
  onRow(core, 'transfer_case', (tx, { isFree, now, took }) =>
    work(tx, async (condition, parameters, order) => {
      const free = `(${condition}) and ${isFree(parameters.length + 1)}`;
      const record = await lockFirst(tx, free, [...parameters, now], order);
      if (record !== undefined) took(record.id);
      return record;
    }),
  );
