import type { IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';

/** Classes of one cohort may differ by so many pupils before it shows as unbalanced (ours). */
const BALANCED_WITHIN = 5;

/** A class that pupils are put into. `parallelSizes`: the other classes of the same cohort. */
export type ClassPlacementFacts = {
  capacity: number;
  size: number;
  adding: number;
  parallelSizes: readonly number[];
};

/** Placement keeps within the prescribed class size and is even over the cohort's classes (ENR-16, Shanxi). */
export const judgeClassPlacement = (facts: ClassPlacementFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const filled = facts.size + facts.adding;
  const smallest = Math.min(...facts.parallelSizes);
  return [
    ...(filled > facts.capacity ? overCapacity(facts.capacity, filled, on, place) : []),
    ...(facts.parallelSizes.length > 0 && filled - smallest > BALANCED_WITHIN ? unbalanced(on, place) : []),
  ];
};

const overCapacity = (capacity: number, filled: number, on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ENR-16', {
    message: `编入后共${filled}人，超过规定班额${capacity}人。`,
    messageEn: `The class would hold ${filled}, beyond its size of ${capacity}.`,
    path: ['schoolClass'],
    remedy: '请编入其他班级，或由主管部门调整班级设置。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });

const unbalanced = (on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ENR-16', {
    code: 'UNBALANCED_CLASSES',
    outcome: 'WARN',
    message: '同年级各班人数相差较大，请均衡编班。',
    messageEn: 'The classes of this cohort differ much in size.',
    path: ['schoolClass'],
    remedy: '请优先编入人数较少的班级。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });
