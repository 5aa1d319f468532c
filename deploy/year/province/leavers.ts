import type { DemoClass } from '#deploy/demo/classes.ts';
import type { DemoPupil } from '#deploy/demo/pupils.ts';
import { changedNumber, OwnNumbers } from './own-numbers.ts';
import type { ProvincePlan } from './plan.ts';

/** Half of the first serial number of a leaver: beyond those of newcomers and of corrected numbers. */
const FIRST_NUMBER = 300;

/** Leavers with numbers of their own. */
export const leaversNumbered = (): ((pupil: DemoPupil) => DemoPupil) => {
  const numbers = new OwnNumbers(FIRST_NUMBER);
  return (pupil) => ({ ...pupil, form: changedNumber(pupil.form, numbers, '96') });
};

/** Classes that a school of ordinary length has of all grades together. */
const GRADES = 12;

/**
 * A plan of last year's pupils of which a few are in each last grade: those whom their schools have left in the registers when
 * the others graduated.
 */
export const leaversPlan = (plan: ProvincePlan): ProvincePlan => ({
  ...plan,
  schoolYear: plan.schoolYear - 1,
  seed: `${plan.seed}/leavers`,
  scale: plan.schools.length * GRADES,
});

/** Last year's last grades of primary and of junior school, of each school the first class. */
export const isOfLeavers = ({ stage, year, number, school }: DemoClass): boolean => {
  const span = school.stages.find((each) => each.stage === stage);
  return stage !== 'SENIOR' && number === 1 && year === span?.lastYear;
};
