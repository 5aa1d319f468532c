import { addDays } from '#libs/law/dates.ts';
import type { Actor } from '../actor.ts';
import { openCase } from '../world/case-work.ts';
import { schoolDesks } from '../world/desks.ts';
import { paper } from '../world/papers.ts';
import type { Pupil } from '../world/roster.ts';
import { gradeOf, isFree, lastGradeOf, someOf } from '../world/sampling.ts';
import type { World } from '../world/world.ts';

/** Of a hundred thousand pupils so many fall ill for long in a week of term. */
const WEEKLY = 0.00016;
const NO_PAPERS = 0.12;
const TOO_LONG = 0.08;

/** Families ask for a suspension; some without papers, or for more than a year. */
export const actor: Actor = {
  name: 'suspensions',
  at: '09:40',
  act: async (day, world) => {
    const month = day.slice(5, 7);
    if (month === '07' || month === '08' || month === '02') return;
    await world.each(
      someOf(world, WEEKLY, (pupil) => pupil.status === 'IN_SCHOOL'),
      (pupil) => ask(world, pupil),
    );
  },
};

const ask = async (world: World, pupil: Pupil): Promise<void> => {
  if (!isFree(world, pupil)) return;
  const random = world.random('illness', pupil.key);
  const { registrar } = schoolDesks(pupil.school);
  const from = addDays(world.today, random.between(1, 10));
  const isTooLong = random.chance(TOO_LONG);
  const length = isTooLong ? 400 : random.pick([120, 180, 270, 365]);
  const isBare = !isTooLong && random.chance(NO_PAPERS);
  const isGraduatingSenior = pupil.stage === 'SENIOR' && gradeOf(world, pupil) === lastGradeOf(world, pupil);
  const order = {
    does: 'requestSuspension',
    type: 'SuspensionInput',
    pupil,
    effect: {
      status: 'SUSPENDED' as const,
      days: { suspendedUntil: addDays(from, length), suspendedFrom: from },
    },
    input: {
      ground: 'ILLNESS',
      from,
      to: addDays(from, length),
      missedHours: 260,
      termHours: 600,
      reasonGiven: true,
    },
  };
  if (isGraduatingSenior && world.isShanxiLaw(pupil.school)) {
    await openCase(world, { ...order, expects: ['SUSPENSION_GRADUATING_GRADE'] });
    return;
  }
  if (
    isBare &&
    (await openCase(world, {
      ...order,
      allows: ['SUSPENSION_PROOF_MISSING', 'SUSPENSION_APPLICATION_MISSING'],
    }))
  )
    return;
  const papers = [
    ...(await paper(world, registrar, 'APPLICATION_FORM', pupil.key, null)),
    ...(await paper(world, registrar, hospitalPaper(world, pupil), pupil.key)),
  ];
  await openCase(world, { ...order, papers, ...(isTooLong ? { expects: ['SUSPENSION_TOO_LONG'] } : {}) });
};

/** Beiguan asks for the in-patient record, of junior pupils for the diagnosis (ENR-41). */
const hospitalPaper = (world: World, { school, stage }: Pupil): string => {
  if (!world.isBeiguan(school)) return 'HOSPITAL_RECORD';
  return stage === 'JUNIOR' ? 'DIAGNOSIS_CERTIFICATE' : 'INPATIENT_RECORD';
};
