import { type Desk, guardianDesk, schoolDesks } from './desks.ts';
import type { Pupil } from './roster.ts';
import type { World } from './world.ts';

/** The login of a pupil's guardian, whom the school links on papers where that has not been done; undefined where it cannot. */
export const familyOf = async (world: World, pupil: Pupil): Promise<Desk | undefined> => {
  const subject = `year-guardian-${pupil.key}`;
  const { linkedOn, familyOn } = pupil.days;
  if (linkedOn !== undefined || familyOn !== undefined) return guardianDesk(subject);
  for (const position of [1, 2]) {
    const linked = await world.order<{ student: { id: string } | null }>({
      as: schoolDesks(pupil.school).registrar,
      does: 'linkGuardian',
      type: 'LinkGuardianInput',
      gives: 'student { id }',
      allows: ['NOT_GUARDIAN_OF_STUDENT', 'NOT_FOUND', 'BAD_USER_INPUT'],
      input: { student: pupil.person, subject, position, basis: 'HOUSEHOLD_REGISTER' },
    });
    if (!linked?.student) continue;
    pupil.days.familyOn = world.today;
    await world.rest();
    return guardianDesk(subject);
  }
  return undefined;
};
