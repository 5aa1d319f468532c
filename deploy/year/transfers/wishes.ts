import type { School } from '#services/organization/school/school.ts';
import { provinceOf } from '../world/province-of.ts';
import type { Pupil } from '../world/roster.ts';
import type { World } from '../world/world.ts';

const spanOf = (school: School | undefined, stage: Pupil['stage']) =>
  school?.stages.find((each) => each.stage === stage);

/** Schools of a province that teach the pupil's stage in the same years, in the order of their codes. */
export const schoolsFor = (world: World, pupil: Pupil, province: string): School[] => {
  const own = spanOf(world.schoolOf(pupil.school), pupil.stage);
  return world.schools(pupil.stage).filter((school) => {
    const span = spanOf(school, pupil.stage);
    return (
      school.code !== pupil.school &&
      provinceOf(school.code) === province &&
      span?.firstYear === own?.firstYear &&
      span?.lastYear === own?.lastYear
    );
  });
};

/** The other province; undefined in a year that is lived in one. */
export const otherProvince = (
  { shared: { plan } }: World,
  { school }: Pick<Pupil, 'school'>,
): string | undefined => plan.provinces.find((each) => each !== provinceOf(school));

/** How far the household of a pupil moves who goes to a school. */
const borderOf = (world: World, { school }: Pupil, target: School): string => {
  if (provinceOf(school) !== provinceOf(target.code)) return 'PROVINCE';
  return world.schoolOf(school)?.unit === target.unit ? 'SCHOOL_DISTRICT_OR_TOWNSHIP' : 'COUNTY';
};

/** Why a family moves, in its own words: the household has moved with the guardians. */
export const familyReason = (world: World, pupil: Pupil, target: School): Record<string, unknown> => ({
  ground: 'HOUSEHOLD_MOVE',
  household: { across: borderOf(world, pupil, target), withGuardians: true },
  ...(pupil.stage === 'SENIOR' ? { residenceMoved: true, targetAtHousehold: true } : {}),
});

/** The same with what the receiving school has checked. */
export const checkedReason = (world: World, pupil: Pupil, target: School): Record<string, unknown> => ({
  ...familyReason(world, pupil, target),
  ...{ proofChecked: true, meetsLocalRequirements: true },
});
