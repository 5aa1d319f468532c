import type { Tx } from '#libs/platform/database/orm.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { onRow } from '../workers/set-aside.ts';
import type { Attendance } from './attendance.ts';
import { attendancesWhere } from './attendance-rows.ts';

/** Runs work on the first attendance of which a condition is true; false where there is none. */
export const onNextAttendance = (
  core: ServiceCore,
  condition: string,
  parameters: readonly unknown[],
  work: (tx: Tx, attendance: Attendance) => Promise<void>,
): Promise<boolean> =>
  onRow(core, 'transfer_attendance', async (tx, { isFree, now, took }) => {
    const [found] = await attendancesWhere(
      tx,
      `${condition} and ${isFree(parameters.length + 1)} order by attendance_id limit 1 for update skip locked`,
      [...parameters, now],
    );
    if (found === undefined) return false;
    took(found.id);
    await work(tx, found);
    return true;
  });
