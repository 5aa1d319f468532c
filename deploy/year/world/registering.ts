import { collectedFromRow } from '#services/enrollment/registration/collected-form.ts';
import type { Child } from '../province/newcomers.ts';
import { schoolDesks } from './desks.ts';
import type { Pupil } from './roster.ts';
import type { Registration, World } from './world.ts';

/** The school's word on a child from abroad. */
export const wordOnAbroad = ({ form: { student } }: Child) =>
  student.overseasCategory === 'NONE' ? {} : { overseas: { locallyAdmitted: true } };

/** Beside the form: the committee's word on a disabled child, the school's on one from abroad. */
const besideForm = (child: Child, today: string) => ({
  ...wordOnAbroad(child),
  ...(child.form.student.isDisabled === true && child.form.student.placementMode !== null
    ? { assessment: { mode: child.form.student.placementMode, assessedOn: today } }
    : {}),
});

/** The child as the year knows it from its registration on. */
export const pupilOf = (child: Child, person: string, school = child.school): Pupil => ({
  key: child.key,
  person,
  name: child.form.student.name,
  school,
  stage: child.stage,
  entryYearAdj: child.entryYearAdj,
  status: 'PENDING_APPROVAL',
  form: child.form,
  isDisabled: child.form.student.isDisabled === true,
  isMigrant: child.form.extras.isMigrantChild === true,
  days: {},
});

/** The registrar of a school enters the form of one child at the counter. */
export const registerChild = async (
  world: World,
  child: Child,
  more: { school?: string; entryYear?: number; expects?: readonly string[]; allows?: readonly string[] } = {},
): Promise<Pupil | null> => {
  const school = more.school ?? child.school;
  const payload = await world.order<{ enrollment: Registration | null }>({
    as: schoolDesks(school).registrar,
    does: 'registerStudent',
    type: 'RegisterStudentInput',
    gives: 'enrollment { id version status grade }',
    expects: more.expects,
    allows: more.allows,
    input: {
      school,
      form: collectedFromRow(child.form),
      ...(more.entryYear === undefined ? {} : { entryYear: more.entryYear }),
      ...besideForm(child, world.today),
    },
  });
  if (!payload?.enrollment) return null;
  const pupil = pupilOf(child, payload.enrollment.id.slice(0, 36), school);
  world.roster.entered(pupil);
  return pupil;
};
