import { addDays } from '#libs/law/dates.ts';
import type { AssessedStep } from '#libs/law/enrollment/assessed-progress.ts';
import { schoolDesks } from './desks.ts';
import { paper } from './papers.ts';
import type { Pupil } from './roster.ts';
import type { Registration, World } from './world.ts';

/** The school enters what the committee of its authority found of a disabled pupil the day before; true where it is on record. */
export const assess = async (
  world: World,
  pupil: Pupil,
  step: AssessedStep,
  supports: boolean,
): Promise<boolean> => {
  const { registrar } = schoolDesks(pupil.school);
  const school = world.schools().find(({ code }) => code === pupil.school);
  const standing = await world.registrationOf(registrar, pupil);
  if (standing === null || school === undefined) return false;
  const papers = await paper(world, registrar, 'ASSESSMENT', `${step} ${pupil.key}`);
  const payload = await world.order<{ enrollment: Registration | null }>({
    as: registrar,
    does: 'recordProgressAssessment',
    type: 'ProgressAssessmentInput',
    gives: 'enrollment { id version status grade }',
    input: {
      ...{ enrollment: standing.id, expectedVersion: standing.version, step, supports },
      ...{ assessedOn: addDays(world.today, -1), committee: school.authority },
      papers: papers.map(({ upload }) => upload),
    },
  });
  return payload?.enrollment != null;
};

/** Has a disabled pupil assessed before a step that waits for it, once for each step of a stage (ENR-24). */
export const assessed = async (
  world: World,
  pupil: Pupil,
  step: Exclude<AssessedStep, 'PROMOTION'>,
): Promise<void> => {
  const known = `assessed ${step} ${pupil.stage}`;
  if (!pupil.isDisabled || pupil.days[known] !== undefined) return;
  if (await assess(world, pupil, step, true)) pupil.days[known] = world.today;
};
