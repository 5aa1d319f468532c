import { markEntered } from '../entry/registered.ts';
import { openMatters } from '../overseas/open-matters.ts';
import type { Finishing } from './finish-intakes.ts';
import type { IntakeRow } from './open-intakes.ts';

/** An intake that has just become a registration. */
export type Registered = { intake: IntakeRow; person: string; enrollment: string };

/**
 * What a registration brings about in its own transaction: places and deferrals of the children end, and what the city
 * has to confirm is put before it (W-05, W-06).
 */
export const afterRegistration = async (
  finishing: Finishing,
  registered: readonly Registered[],
): Promise<void> => {
  const { tx, at, schools } = finishing;
  const came = registered.map(({ intake, person, enrollment }) => ({
    intake: intake.intake_id,
    person,
    enrollment,
  }));
  await markEntered(tx, at, came);
  for (const { intake, person, enrollment } of registered) {
    const school = schools.get(intake.school);
    const { abroad } = intake.facts;
    if (school === undefined || abroad === undefined) continue;
    await openMatters(finishing, school, { person, enrollment, by: intake.opened_by, abroad });
  }
};
