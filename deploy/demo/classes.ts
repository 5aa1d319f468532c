import type { Stage } from '#libs/contracts/vocabulary.ts';
import { type CohortWeights, cohortWeights } from './cohorts.ts';
import type { DemoSchool } from './demo-school.ts';
import { adultName } from './names.ts';
import type { NationPlan } from './nation-plan.ts';
import { randomOf } from './random.ts';

/** A class (班) of the demo nation in the running school year. */
export type DemoClass = {
  /** School code, entry year and number: 2114000001-2026-1. */
  key: string;
  school: DemoSchool;
  stage: Stage;
  /** Year of schooling, 1 to 12. */
  year: number;
  /** The year in which its pupils were, or would have been, in year 1. */
  entryYearAdj: number;
  /** Number among the parallel classes, from 1. */
  number: number;
  /** 三年级, 高一. */
  gradeName: string;
  /** 1班. */
  name: string;
  classTeacher: string;
  /** How many pupils it has. */
  size: number;
};

const GRADE_NAMES = '一年级 二年级 三年级 四年级 五年级 六年级 七年级 八年级 九年级 高一 高二 高三'.split(
  ' ',
);
const SPECIAL_CLASS_WEIGHT = 0.2;

/** A class and how large it is beside an average one. */
type WeighedClass = Omit<DemoClass, 'size' | 'classTeacher'> & { weight: number };

/** Every class of a planned nation in the order of its schools; together they hold exactly `scale` pupils. */
export function* classesOf(plan: NationPlan): Generator<DemoClass> {
  const cohorts = cohortWeights(plan.schoolYear);
  let total = 0;
  for (const school of plan.schools)
    for (const each of weighedClasses(plan, school, cohorts)) total += each.weight;
  let before = 0;
  for (const school of plan.schools) {
    for (const { weight, ...each } of weighedClasses(plan, school, cohorts)) {
      const size = share(before + weight, total, plan.scale) - share(before, total, plan.scale);
      before += weight;
      yield { ...each, size, classTeacher: teacherName(plan, each.key) };
    }
  }
}

/** Pupils in the classes up to a running weight; rounding the sums keeps their total exact. */
const share = (weight: number, total: number, scale: number): number => Math.round((weight / total) * scale);

const teacherName = (plan: NationPlan, key: string): string => {
  const random = randomOf(plan.seed, 'teacher', key);
  return adultName(random, random.chance(0.7) ? 'FEMALE' : 'MALE', '01', null);
};

function* weighedClasses(
  plan: NationPlan,
  school: DemoSchool,
  cohorts: CohortWeights,
): Generator<WeighedClass> {
  if (school.streams === 0) return;
  for (const span of school.stages) {
    for (let year = span.firstYear; year <= span.lastYear; year++) {
      const entryYearAdj = plan.schoolYear - year + 1;
      const cohort = cohorts(span, entryYearAdj);
      const count = Math.max(1, Math.round(school.streams * cohort));
      const ordinary = Math.min(MOST, Math.max(LEAST, (school.streams * cohort) / count));
      for (let number = 1; number <= count; number++) {
        yield {
          key: `${school.code}-${entryYearAdj}-${number}`,
          school,
          stage: span.stage,
          year,
          entryYearAdj,
          number,
          gradeName: GRADE_NAMES[year - 1] ?? '',
          name: `${number}班`,
          weight: school.kind === 'SPECIAL_EDUCATION' ? SPECIAL_CLASS_WEIGHT : ordinary,
        };
      }
    }
  }
}

/** Bounds of an ordinary class beside the average of 43: between 35 and 50 pupils. */
const LEAST = 0.82;
const MOST = 1.16;
