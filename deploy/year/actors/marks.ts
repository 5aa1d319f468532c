import { addDays } from '#libs/law/dates.ts';
import type { Actor } from '../actor.ts';
import { isFirstOf } from '../days.ts';
import { type Desk, schoolDesks, unitDesks } from '../world/desks.ts';
import type { Pupil } from '../world/roster.ts';
import { gradeOf, someOf } from '../world/sampling.ts';
import type { Registration, World } from '../world/world.ts';

const MONTHLY = 0.00003;

/** Missing pupils, stays at specialised schools, calls to families, and requests to cancel that are never granted. */
export const actor: Actor = {
  name: 'marks',
  at: '10:30',
  act: async (day, world) => {
    await callFamilies(world);
    await found(world);
    if (!isFirstOf(world.shared.days, day) || ['07', '08'].includes(day.slice(5, 7))) return;
    const isIn = ({ status, stage }: Pupil) => status === 'IN_SCHOOL' && stage !== 'PRIMARY';
    const month = Number(day.slice(5, 7));
    for (const pupil of someOf(world, MONTHLY, isIn, 1)) {
      if (month % 3 === 0) await missing(world, pupil);
      else if (month % 3 === 1) await specialised(world, pupil);
      else await cancelled(world, pupil);
    }
  },
};

const mark = async (
  world: World,
  pupil: Pupil,
  does: string,
  type: string,
  input: Record<string, unknown>,
  more: { as?: Desk; expects?: readonly string[] } = {},
): Promise<boolean> => {
  const as = more.as ?? schoolDesks(pupil.school).registrar;
  const standing = await world.registrationOf(as, pupil);
  if (standing === null) return false;
  const payload = await world.order<{ enrollment: Registration | null }>({
    as,
    does,
    type,
    gives: 'enrollment { id version status grade }',
    expects: more.expects,
    input: { enrollment: standing.id, expectedVersion: standing.version, ...input },
  });
  return payload !== null;
};

/** Schools call the families of those whose suspension has run out, every fourth week (ENR-50). */
const callFamilies = async (world: World): Promise<void> => {
  const isDue = ({ status, days }: Pupil) =>
    status === 'SUSPENDED' &&
    (days.suspendedUntil ?? '9') < world.today &&
    world.today >= addDays(days.calledOn ?? '2025-01-01', 28);
  for (const pupil of world.roster.all().filter(isDue)) {
    pupil.days.calledOn = world.today;
    const called = { contactedOn: world.today, means: 'PHONE', about: 'SUSPENSION', reached: true };
    await mark(world, pupil, 'logGuardianContact', 'GuardianContactInput', called);
  }
};

const missing = async (world: World, pupil: Pupil): Promise<void> => {
  const input = { reason: 'MISSING', since: addDays(world.today, -1), report: '放学后未归' };
  if (await mark(world, pupil, 'reportAway', 'ReportAwayInput', input))
    Object.assign(pupil.days, { missingOn: world.today, busy: world.today });
};

const specialised = async (world: World, pupil: Pupil): Promise<void> => {
  if (await mark(world, pupil, 'enterSpecializedSchool', 'SpecializedSchoolInput', { since: world.today }))
    Object.assign(pupil.days, { specialisedOn: world.today, busy: world.today });
};

const cancelled = async (world: World, pupil: Pupil): Promise<void> => {
  const expects = ['CANCELLATION_REASON_NOT_ALLOWED'];
  await mark(world, pupil, 'askCancellation', 'CancellationInput', { reason: 'OTHER' }, { expects });
};

/** Who was missing is found after a fortnight; who was at a specialised school comes back before the summer. */
const found = async (world: World): Promise<void> => {
  for (const pupil of world.roster.all()) {
    const { missingOn, specialisedOn } = pupil.days;
    if (missingOn !== undefined && world.today >= addDays(missingOn, 14)) {
      if (!(await mark(world, pupil, 'clearAway', 'RegistrationOrderInput', {}))) continue;
      delete pupil.days.missingOn;
      delete pupil.days.busy;
    } else if (
      specialisedOn !== undefined &&
      world.today >= addDays(specialisedOn, 90) &&
      world.today < '2026-07-01'
    ) {
      await back(world, pupil);
    }
  }
};

const back = async (world: World, pupil: Pupil): Promise<void> => {
  const grade = gradeOf(world, pupil);
  const input = { returnedOn: world.today, grade };
  if (!(await mark(world, pupil, 'proposeReturnGrade', 'ReturnGradeInput', input))) return;
  const school = world.schools().find(({ code }) => code === pupil.school);
  const level = world.shared.plan.tree.find(school?.authority ?? '')?.level ?? 'COUNTY';
  const { head } = unitDesks(school?.authority ?? '', level);
  if (!(await mark(world, pupil, 'fixReturnGrade', 'FixReturnGradeInput', { grade }, { as: head }))) return;
  delete pupil.days.specialisedOn;
  delete pupil.days.busy;
};
