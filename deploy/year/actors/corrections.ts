import { collectedFromRow } from '#services/enrollment/registration/collected-form.ts';
import type { Actor } from '../actor.ts';
import { schoolDesks } from '../world/desks.ts';
import type { Pupil } from '../world/roster.ts';
import type { Registration, World } from '../world/world.ts';

const CORRECTED_FORM = 0.4;
const PUTS_OFF = 0.25;

/** Schools answer what was sent back to them, some with a corrected form, and some of them late. */
export const actor: Actor = {
  name: 'corrections',
  at: '09:30',
  act: async (_, world) => {
    const returned = world.roster.all().filter(({ status }) => status === 'RETURNED_TO_SCHOOL');
    await world.each(returned, (pupil) => answer(world, pupil));
  },
};

const answer = async (world: World, pupil: Pupil): Promise<void> => {
  const random = world.random(pupil.key);
  if (random.chance(PUTS_OFF)) return;
  const { registrar } = schoolDesks(pupil.school);
  const standing = await world.registrationOf(registrar, pupil);
  if (standing === null) return;
  const isCorrected = pupil.form !== undefined && random.chance(CORRECTED_FORM);
  const payload = await world.order<{ enrollment: Registration | null }>({
    as: registrar,
    does: 'resubmitRegistration',
    type: 'ResubmitRegistrationInput',
    gives: 'enrollment { id version status grade }',
    input: {
      enrollment: standing.id,
      expectedVersion: standing.version,
      note: '已核对并补充',
      ...(isCorrected && pupil.form
        ? { form: { ...collectedFromRow(pupil.form), isBoarder: !(pupil.form.student.isBoarder ?? false) } }
        : {}),
    },
  });
  if (payload?.enrollment) world.roster.changed(pupil, { status: 'PENDING_APPROVAL' });
};
