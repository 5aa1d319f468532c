import { type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import { EnrollmentRegistered, EnrollmentRejected } from '#libs/contracts/events/enrollment.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import type { Projection } from '#libs/platform/events/projection.ts';

const applyOne = async (tx: Tx, event: Envelope): Promise<void> => {
  if (event.type === EnrollmentRegistered.type) {
    const { enrollment, school } = readEvent(EnrollmentRegistered, event);
    await execute(
      tx,
      `insert into school_registration (enrollment, school) values ($1, $2)
       on conflict (enrollment) do update set school = excluded.school`,
      [enrollment, school],
    );
  }
  if (event.type === EnrollmentRejected.type) {
    const { enrollment, final } = readEvent(EnrollmentRejected, event);
    if (final) await execute(tx, 'delete from school_registration where enrollment = $1', [enrollment]);
  }
};

/** Which schools have registered pupils, and so archives: such a school does not end (ARC-13, ARC-14). */
export const schoolRegistrations: Projection = {
  name: 'organization-school-registrations',
  sources: ['enrollment'],
  tables: ['school_registration'],
  apply: async (tx, events) => {
    for (const event of events) await applyOne(tx, event);
  },
};
