import { type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import { EnrollmentRegistered, EnrollmentRejected } from '#libs/contracts/events/enrollment.ts';
import { insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import type { Projection } from '#libs/platform/events/projection.ts';

/** What a run of events leaves behind: the school of each registration it tells of, `null` where it ended. */
const outcomeOf = (events: readonly Envelope[]): Map<string, string | null> => {
  const schools = new Map<string, string | null>();
  for (const event of events) {
    if (event.type === EnrollmentRegistered.type) {
      const { enrollment, school } = readEvent(EnrollmentRegistered, event);
      schools.set(enrollment, school);
    }
    if (event.type === EnrollmentRejected.type) {
      const { enrollment, final } = readEvent(EnrollmentRejected, event);
      if (final) schools.set(enrollment, null);
    }
  }
  return schools;
};

const apply = async (tx: Tx, events: readonly Envelope[]): Promise<void> => {
  const outcome = [...outcomeOf(events)];
  await insertRows(
    tx,
    'school_registration',
    [
      ['enrollment', 'uuid'],
      ['school', 'text'],
    ],
    outcome.filter(([, school]) => school !== null),
    'on conflict (enrollment) do update set school = excluded.school',
  );
  const ended = outcome.flatMap(([enrollment, school]) => (school === null ? [enrollment] : []));
  if (ended.length > 0) {
    await execute(tx, 'delete from school_registration where enrollment = any($1::uuid[])', [ended]);
  }
};

/** Which schools have registered pupils, and so archives: such a school does not end (ARC-13, ARC-14). */
export const schoolRegistrations: Projection = {
  name: 'organization-school-registrations',
  sources: ['enrollment'],
  types: [EnrollmentRegistered.type, EnrollmentRejected.type],
  tables: ['school_registration'],
  apply,
};
