import { type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import { EnrollmentHandedOver } from '#libs/contracts/events/enrollment.ts';
import { EnrollmentMoved } from '#libs/contracts/events/enrollment-move.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

const kinds = [EnrollmentMoved, EnrollmentHandedOver] as const;

const movedIn = (event: Envelope): { person: string; school: string } | undefined => {
  const kind = kinds.find(({ type }) => type === event.type);
  return kind && readEvent(kind, event);
};

const follow = async (
  tx: Tx,
  { directory }: Pick<ServiceCore, 'directory'>,
  moved: { person: string; school: string },
): Promise<void> => {
  const school = await directory.school(moved.school);
  if (school === undefined) throw new Error('A registration has moved to a school that nobody knows');
  await execute(
    tx,
    `update transfer_attendance set source_school = $2, source_place = $3, source_province = $4, source_authority = $5,
       version = version + 1
     where person_id = $1 and done_on is null and ended_on is null and target_school <> $2`,
    [moved.person, school.code, school.place, school.province, school.authority],
  );
};

/** Who attends elsewhere stays in view of the school that has the registration now, after a merger or another hand-over. */
export const followsRegistration = (core: Pick<ServiceCore, 'directory'>): Projection => ({
  name: 'transfer-attendances',
  sources: ['enrollment'],
  types: kinds.map(({ type }) => type),
  tables: [],
  apply: async (tx, events) => {
    for (const event of events) {
      const moved = movedIn(event);
      if (moved !== undefined) await follow(tx, core, moved);
    }
  },
});
