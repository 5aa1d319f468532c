import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { markEntered } from '../entry/registered.ts';
import { openMatters } from '../overseas/open-matters.ts';
import type { Finishing } from './finish-intakes.ts';
import type { IntakeRow } from './open-intakes.ts';

/** A registration as its table holds it. */
export type EnrollmentRow = { person_id: string } & Record<string, unknown>;

/** An intake that has just become a registration. */
export type Registered = { intake: IntakeRow; person: string; enrollment: string };

/** Who has entered registrations does not decide on them (ACC-18). Returns the rows as they stand. */
const noteHands = (tx: Tx, registered: readonly Registered[]): Promise<EnrollmentRow[]> =>
  query<EnrollmentRow>(
    tx,
    `update enrollment e set entered_by = array[r.hand]
     from unnest($1::uuid[], $2::uuid[], $3::text[]) as r (person, enrollment, hand)
     where e.person_id = r.person and e.enrollment_id = r.enrollment returning e.*`,
    [
      registered.map(({ person }) => person),
      registered.map(({ enrollment }) => enrollment),
      registered.map(({ intake }) => intake.opened_by),
    ],
  );

/**
 * What a registration brings about in its own transaction: places and deferrals of the children end, and what the city
 * has to confirm is put before it (W-05, W-06). Returns the rows of the registrations.
 */
export const afterRegistration = async (
  finishing: Finishing,
  registered: readonly Registered[],
): Promise<EnrollmentRow[]> => {
  const { tx, at, schools } = finishing;
  const came = registered.map(({ intake, person, enrollment }) => ({
    intake: intake.intake_id,
    person,
    enrollment,
  }));
  const rows = await noteHands(tx, registered);
  await markEntered(tx, at, came);
  for (const { intake, person, enrollment } of registered) {
    const school = schools.get(intake.school);
    const { abroad } = intake.facts;
    if (school === undefined || abroad === undefined) continue;
    await openMatters(finishing, school, { person, enrollment, by: intake.opened_by, abroad });
  }
  return rows;
};
