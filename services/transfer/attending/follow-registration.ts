import type { Envelope } from '#libs/contracts/envelope.ts';
import { readEvent } from '#libs/contracts/envelope.ts';
import { EnrollmentHandedOver } from '#libs/contracts/events/enrollment.ts';
import { EnrollmentMoved } from '#libs/contracts/events/enrollment-move.ts';
import { shanghaiDate } from '#libs/law/dates.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { attendancesWhere } from './attendance-rows.ts';
import { endJoined, endWithout } from './save-attendance.ts';

type Core = Pick<ServiceCore, 'directory' | 'wakeRelay'>;
type Gone = { person: string; school: string };

const open = 'person_id = $1 and done_on is null and ended_on is null and target_school <> $2';
const joined = 'person_id = $1 and done_on is null and ended_on is null and target_school = $2';

/**
 * The school that has the registration was merged: the one that goes on sees who of its pupils attends elsewhere. Who attends
 * that one itself is registered there now.
 */
const followMerger = async (tx: Tx, { directory }: Core, moved: Gone, at: string): Promise<void> => {
  const school = await directory.school(moved.school);
  if (school === undefined) throw new Error('A registration has moved to a school that nobody knows');
  await execute(
    tx,
    `update transfer_attendance set source_school = $2, source_place = $3, source_province = $4, source_authority = $5,
       version = version + 1 where ${open}`,
    [moved.person, school.code, school.place, school.province, school.authority],
  );
  const { code, place, province, authority } = school;
  for (const found of await attendancesWhere(tx, `${joined} for update`, [moved.person, code])) {
    await endJoined(tx, at, { ...found, source: { school: code, place, province, authority } });
  }
};

/** The registration has gone to a third school: what was reported against the former one is over, and follows nobody. */
const endGone = async (tx: Tx, { person, school }: Gone, at: string): Promise<void> => {
  const end = {
    endedOn: shanghaiDate(new Date(at)),
    endedHow: 'REGISTRATION_MOVED',
    endedNote: null,
  } as const;
  for (const found of await attendancesWhere(tx, `${open} for update`, [person, school])) {
    await endWithout(tx, at, found, end);
  }
};

const follow = (tx: Tx, core: Core, event: Envelope): Promise<void> =>
  event.type === EnrollmentMoved.type
    ? followMerger(tx, core, readEvent(EnrollmentMoved, event), event.time)
    : endGone(tx, readEvent(EnrollmentHandedOver, event), event.time);

/** Who attends elsewhere stays in view of the school that has the registration after a merger, and of nobody after a transfer. */
export const followsRegistration = (core: Core): Projection => ({
  name: 'transfer-attendances',
  sources: ['enrollment'],
  types: [EnrollmentMoved.type, EnrollmentHandedOver.type],
  tables: [],
  apply: async (tx, events) => {
    for (const event of events) await follow(tx, core, event);
  },
  applied: () => core.wakeRelay(),
});
