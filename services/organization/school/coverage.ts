import type { SchoolKind } from '#libs/contracts/vocabulary.ts';
import type { IsoDate } from '#libs/law/dates.ts';
import { type Finding, finding, isInForce, type LawPlace } from '#libs/law/finding.ts';
import { inForceOn, type LawLayer, reaches } from '#libs/law/layers.ts';

const NATIONAL: readonly LawLayer[] = ['N13', 'N25'];

/** The texts that bring a kind of school into the registry (001 A2; 000 lead¶2-3; 002 A2). */
const COVERED_BY: Readonly<Record<SchoolKind, readonly LawLayer[]>> = {
  KINDERGARTEN: ['NP25'],
  PRIMARY: NATIONAL,
  JUNIOR: NATIONAL,
  SENIOR: NATIONAL,
  SPECIAL_EDUCATION: NATIONAL,
  SPECIALIZED: NATIONAL,
  COMPREHENSIVE_CLASS_IN_VOCATIONAL: ['SX26'],
  ORDINARY_CLASS_IN_COMPREHENSIVE: ['SX26'],
  OTHER_LAWFUL: ['SX26'],
  VOCATIONAL: [],
};

/** Whether pupils of a kind of school are registered at the place on the day. */
export const isKindCovered = (kind: SchoolKind, place: LawPlace, on: IsoDate): boolean =>
  COVERED_BY[kind].some((layer) => inForceOn(layer, on) && reaches(layer, place));

/**
 * Vocational schools are not covered; where pupils are transferred between them and ordinary senior schools they stand in
 * the registry all the same, as the other side of such a transfer (TRF-26; Shanxi).
 */
const isCounterpart = (kind: SchoolKind, place: LawPlace, on: IsoDate): boolean =>
  kind === 'VOCATIONAL' && isInForce('TRF-26', on, place, 'SENIOR');

/** Judges whether a school of the kind can stand in the registry (ORG-09). Before 2013-09-01 no text speaks. */
export function judgeKind(kind: SchoolKind, place: LawPlace, on: IsoDate): Finding[] {
  if (isKindCovered(kind, place, on) || isCounterpart(kind, place, on)) return [];
  if (!isInForce('ORG-09', on, place)) return [];
  return [
    finding('ORG-09', {
      code: 'SCHOOL_KIND_NOT_COVERED',
      message: '该类学校不在当地现行学籍管理规定的适用范围内',
      messageEn: 'The rules in force there do not cover schools of this kind.',
      path: ['kind'],
      ownerLevel: 'PROVINCE',
      remedy: '请核对学校类别',
      on,
      place,
    }),
  ];
}
