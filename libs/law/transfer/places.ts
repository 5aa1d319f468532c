import type { IsoDate } from '../dates.ts';
import { prevailing } from '../enrollment/prevailing.ts';
import { type Finding, type FindingSpec, findingIfInForce, type LawPlace } from '../finding.ts';
import { isCompulsory, type Stage } from '../layers.ts';
import type { CaseKind } from './kinds.ts';

/** Pupils of a grade or a class: who is in it, for whom a running case holds a place, how many it may have. */
export type Seats = { enrolled: number; reserved: number; capacity: number };

/** Places left within the prescribed size; never below zero. */
export const freePlaces = ({ enrolled, reserved, capacity }: Seats): number =>
  Math.max(0, capacity - enrolled - reserved);

/** The places of the receiving school in the pupil's grade. */
export type PlaceFacts = {
  kind: CaseKind;
  stage: Stage;
  grade: Seats;
  /** The class that is to take the pupil; absent while it is not chosen. */
  schoolClass?: Seats;
};

/**
 * A school takes a pupil in only while the grade, and the class, have a place free within the prescribed size (TRF-09,
 * Shanxi and Beiguan; between senior and vocational schools TRF-26). Where a school of compulsory education is full, the
 * family may ask the receiving county to arrange another (TRF-10).
 */
export const judgePlaces = (facts: PlaceFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const { kind, stage, grade, schoolClass } = facts;
  const gradeFull = freePlaces(grade) === 0;
  const classFull = schoolClass !== undefined && freePlaces(schoolClass) === 0;
  if (kind === 'CROSS_PROVINCE_STUDY' || (!gradeFull && !classFull)) return [];
  const spec: FindingSpec = {
    code: 'NO_PLACE_AVAILABLE',
    outcome: 'REJECT',
    message: gradeFull ? '拟转入年级在规定班额内没有空余学位。' : '拟转入班级在规定班额内没有空余学位。',
    messageEn: `The ${gradeFull ? 'grade' : 'class'} has no place free within the prescribed size.`,
    path: gradeFull ? ['target', 'grade'] : ['target', 'class'],
    remedy: gradeFull ? '请联系其他学校。' : '请改编入同年级有空余学位的班级。',
    ownerLevel: 'SCHOOL',
    on,
    place,
    stage,
  };
  const full =
    kind === 'ORDINARY_VOCATIONAL_TRANSFER'
      ? prevailing(findingIfInForce('TRF-26', spec), findingIfInForce('TRF-09', spec))
      : findingIfInForce('TRF-09', spec);
  return [...full, ...(gradeFull ? countyArranges({ on, place, stage }) : [])];
};

const countyArranges = (where: { on: IsoDate; place: LawPlace; stage: Stage }): Finding[] =>
  isCompulsory(where.stage)
    ? findingIfInForce('TRF-10', {
        code: 'COUNTY_ARRANGEMENT_REQUESTED',
        outcome: 'WARN',
        message: '学位已满，家长可向转入地县级教育行政部门申请统筹安排学校。',
        messageEn: 'The family may ask the receiving county to arrange a school.',
        path: ['target', 'school'],
        remedy: '请告知家长申请统筹安排；安排后由接收学校重新发起。',
        ownerLevel: 'COUNTY',
        ...where,
      })
    : [];
