import type { IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import { isCompulsory, type Stage } from '../layers.ts';
import { resolve } from '../resolve.ts';

/** A unit that keeps registrations, as far as its registrars are concerned. */
export type UnitFacts = {
  kind: 'AUTHORITY' | 'PUBLIC_SCHOOL' | 'PRIVATE_SCHOOL';
  /** Stages taught; empty for an authority. */
  stages: readonly Stage[];
};

/** Each authority and each school has a registrar (ACC-01). `activeRegistrars`: those in post, full-time or part-time. */
export const judgeRegistrarPresent = (
  facts: { activeRegistrars: number; isSchool: boolean },
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  facts.activeRegistrars > 0
    ? []
    : findingIfInForce('ACC-01', {
        message: '本单位没有在岗的学籍管理员。',
        messageEn: 'The unit has no registrar in post.',
        remedy: '请指定学籍管理员，培训并备案后开通账号。',
        ownerLevel: facts.isSchool ? 'SCHOOL' : 'COUNTY',
        on,
        place,
      });

/** Somebody who is to work as a registrar. */
export type RegistrarFacts = {
  unit: UnitFacts;
  isEstablishmentStaff: boolean;
  /** Day on which the training before duty was completed. */
  preServiceTrainingCompletedOn: IsoDate | null;
  /** The basic data are filed with the next higher authority. */
  filed: boolean;
};

/**
 * Judges the opening of a registrar's account: trained first (ACC-02), filed with the next level (ACC-05), and in
 * Shanxi's authorities and public schools on the unit's establishment (ACC-07). All that is missing is named at once.
 */
export const judgeActivation = (facts: RegistrarFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const trained = facts.preServiceTrainingCompletedOn;
  return [
    ...(trained !== null && trained <= on ? [] : notTrained(on, place)),
    ...(facts.filed ? [] : notFiled(on, place)),
    ...judgeEstablishment(facts, on, place),
  ];
};

const notTrained = (on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ACC-02', {
    message: '学籍管理员须先培训后上岗，尚无岗前培训记录。',
    messageEn: 'A registrar is trained before duty; no training is on file.',
    path: ['preServiceTrainingCompletedOn'],
    remedy: '请完成岗前培训并登记培训日期后再开通账号。',
    ownerLevel: 'COUNTY',
    on,
    place,
  });

const notFiled = (on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ACC-05', {
    message: '学籍管理员基本信息尚未报上一级教育行政部门备案。',
    messageEn: 'The registrar’s data have not been filed with the next higher authority.',
    path: ['filed'],
    remedy: '请先报上一级教育行政部门备案。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });

/** Registrars of private schools need not be on an establishment; elsewhere than in Shanxi nobody asks (ACC-07). */
const judgeEstablishment = (facts: RegistrarFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const { value, warnings } = resolve('registrarOnEstablishment', place, on);
  const asked = value === 'PUBLIC_SCHOOLS' && facts.unit.kind !== 'PRIVATE_SCHOOL';
  if (!asked || facts.isEstablishmentStaff) return warnings;
  return [
    ...findingIfInForce('ACC-07', {
      message: '教育行政部门和公办学校的学籍管理员须为在编人员。',
      messageEn: 'Registrars of authorities and public schools are establishment staff.',
      path: ['isEstablishmentStaff'],
      remedy: '请改由在编人员担任。',
      ownerLevel: 'SCHOOL',
      on,
      place,
    }),
    ...warnings,
  ];
};

/** One registrar is replaced by another. */
export type ReplacementFacts = {
  unit: UnitFacts;
  /** The school's official letter to the bureau is there. */
  officialLetter: boolean;
  /** Changes of registrar at this unit in the school year, this one included. */
  changesInSchoolYear: number;
};

/** As many changes of registrar in a school year pass without a word (ours, on ACC-08). */
const STABLE_CHANGES = 1;

/**
 * Judges a change of registrar: Beiguan's compulsory schools report it by official letter (ACC-06); more than one change
 * in a school year is warned of (ACC-08). The new registrar is judged by `judgeActivation`.
 */
export const judgeReplacement = (facts: ReplacementFacts, on: IsoDate, place: LawPlace): Finding[] => [
  ...judgeLetter(facts, on, place),
  ...(facts.changesInSchoolYear > STABLE_CHANGES ? changedOften(facts, on, place) : []),
];

const judgeLetter = ({ unit, officialLetter }: ReplacementFacts, on: IsoDate, place: LawPlace): Finding[] => {
  if (unit.kind === 'AUTHORITY' || officialLetter) return [];
  const stage = unit.stages.find(isCompulsory) ?? unit.stages[0];
  if (!stage || !resolve('replacementLetter', place, on, { stage }).value) return [];
  return findingIfInForce('ACC-06', {
    message: '更换学籍管理员须以红头文件报区教育局。',
    messageEn: 'A change of registrar is reported to the bureau by official letter.',
    path: ['officialLetter'],
    remedy: '请补交学校公函。',
    ownerLevel: 'SCHOOL',
    on,
    place,
    stage,
  });
};

const changedOften = (
  { unit, changesInSchoolYear }: ReplacementFacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  findingIfInForce('ACC-08', {
    message: `本学年已更换学籍管理员${changesInSchoolYear}次，应保持相对稳定。`,
    messageEn: `The registrar has changed ${changesInSchoolYear} times this school year.`,
    remedy: '请尽量保持学籍管理员稳定，并做好工作交接。',
    ownerLevel: unit.kind === 'AUTHORITY' ? 'COUNTY' : 'SCHOOL',
    on,
    place,
  });
