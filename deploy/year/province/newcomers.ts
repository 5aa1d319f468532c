import { type DemoPupil, pupilsOf } from '#deploy/demo/pupils.ts';
import { randomOf } from '#deploy/demo/random.ts';
import type { Stage } from '#libs/contracts/vocabulary.ts';
import type { F1Row } from '#services/enrollment/import/form-f1/row.ts';
import { changedNumber, OwnNumbers } from './own-numbers.ts';
import type { ProvincePlan } from './plan.ts';

/** A child whom the registry does not know yet, with the form that its family filled in. */
export type Child = {
  key: string;
  school: string;
  className: string;
  stage: Stage;
  /** Grade one of the stage, as registrations count it. */
  entryYearAdj: number;
  form: F1Row;
};

export type Newcomers = {
  /** First-graders of a school year by school, in the order of their seats. */
  entrants(schoolYear: number): ReadonlyMap<string, readonly Child[]>;
  /** Children of other grades who come from elsewhere without a record, in the order in which they come. */
  arrivals: readonly Child[];
};

/** One arrival for so many pupils of the province. */
const PUPILS_AN_ARRIVAL = 150;

/** Everybody who will come in the course of the year, drawn before it begins. */
export const drawNewcomers = (plan: ProvincePlan): Newcomers => {
  const numbers = new OwnNumbers();
  const years = new Map(
    [plan.schoolYear, plan.schoolYear + 1].map((schoolYear) => {
      const isFirst = schoolYear === plan.schoolYear;
      const drawn = isFirst ? plan : { ...plan, schoolYear, seed: `${plan.seed}/${schoolYear}` };
      const children = [...pupilsOf(drawn)]
        .filter((pupil) => pupil.class.year === 1)
        .map((pupil) => (isFirst ? childOf(pupil) : renumbered(childOf(pupil), numbers, '98')));
      return [schoolYear, Map.groupBy(children, ({ school }) => school)] as const;
    }),
  );
  return {
    entrants: (schoolYear) => years.get(schoolYear) ?? new Map(),
    arrivals: arrivalsOf(plan, numbers),
  };
};

/** Children who were to come to a school that has ended come to the one in which it goes on. */
export const withSuccessor = (newcomers: Newcomers, ending: string, standing: string): Newcomers => {
  const sent = (child: Child): Child => (child.school === ending ? { ...child, school: standing } : child);
  return {
    entrants: (schoolYear) =>
      Map.groupBy([...newcomers.entrants(schoolYear).values()].flat().map(sent), ({ school }) => school),
    arrivals: newcomers.arrivals.map(sent),
  };
};

const arrivalsOf = (plan: ProvincePlan, numbers: OwnNumbers): Child[] => {
  const scale = Math.max(plan.schools.length * 12, Math.round(plan.scale / 10));
  const wanted = Math.max(4, Math.round(plan.scale / PUPILS_AN_ARRIVAL));
  const pool = [...pupilsOf({ ...plan, scale, seed: `${plan.seed}/arrivals` })].filter(
    ({ class: { year } }) => year > 1 && year !== 7 && year !== 10 && year !== 9 && year !== 12,
  );
  const random = randomOf(plan.seed, 'order of arrivals');
  return pool
    .map((pupil) => ({ pupil, at: random.next() }))
    .sort((a, b) => a.at - b.at)
    .slice(0, wanted)
    .map(({ pupil }) => renumbered({ ...childOf(pupil), key: `arrival-${pupil.key}` }, numbers, '97'));
};

const childOf = ({ key, class: each, form }: DemoPupil): Child => {
  const span = each.school.stages.find(({ stage }) => stage === each.stage);
  const firstYear = span?.firstYear ?? each.year;
  return {
    key,
    school: each.school.code,
    className: each.name,
    stage: each.stage,
    entryYearAdj: each.entryYearAdj + firstYear - 1,
    form,
  };
};

/** @param mark two digits in place of the 99 by which the demo marks made-up permits and passports */
const renumbered = (child: Child, numbers: OwnNumbers, mark: string): Child => ({
  ...child,
  form: changedNumber(child.form, numbers, mark),
});
