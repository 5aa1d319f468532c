import type { IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import { isCompulsory, type Stage } from '../layers.ts';
import { carriedBy } from './carried-by.ts';
import { localTextWarnings } from './local-text.ts';

/**
 * A pupil who goes to study beyond the border shows a valid document (ENR-65) at the school of registration; at the
 * school attended under the texts before 2025 (CF-44). Nothing else is asked.
 */
export const judgeGoingAbroad = (
  facts: { stage: Stage; documentShown: boolean },
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  facts.documentShown
    ? []
    : findingIfInForce('ENR-65', {
        message: '到境外就读，须凭有效证件办理，尚未登记证件。',
        messageEn: 'Going abroad to study needs a valid document; none is on file.',
        path: ['proofs'],
        remedy: '请监护人出示出境就读的有效证件并登记。',
        ownerLevel: 'GUARDIAN',
        on,
        place,
        stage: facts.stage,
      });

/** A pupil who comes back from abroad. */
export type ReturnFromAbroadFacts = {
  /** Stage of the receiving school. */
  stage: Stage;
  /** A record of what was studied abroad is on file. */
  studyRecordPresent: boolean;
  /** The old registration is taken up again: same person, same number. */
  continuesOldRegistration: boolean;
  /** Another registration of the pupil is active, here or elsewhere. */
  otherActiveRegistration: boolean;
};

/**
 * The old record is continued and no second one begun. Since 2025 the study record decides the grade: without it the
 * authority places a compulsory pupil, who may not be left without school, and a senior pupil brings it first
 * (ENR-66). How returnees are admitted is provincial.
 */
export const judgeReturnFromAbroad = (
  facts: ReturnFromAbroadFacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  const { stage } = facts;
  const where = { on, place, stage };
  const recordAsked = carriedBy('ENR-66', ['N25', 'SX26'], on, place, stage);
  const second = !facts.continuesOldRegistration || facts.otherActiveRegistration;
  return [
    ...localTextWarnings(on, place, stage),
    ...(recordAsked && !facts.studyRecordPresent ? studyRecordMissing(where) : []),
    ...(second ? secondRegistration(where) : []),
  ];
};

type Where = { on: IsoDate; place: LawPlace; stage: Stage };

const studyRecordMissing = (where: Where): Finding[] => {
  const placed = isCompulsory(where.stage);
  return findingIfInForce('ENR-66', {
    code: 'STUDY_RECORD_MISSING',
    outcome: placed ? 'HOLD' : 'REJECT',
    message: '缺少境外学习记录，无法确定对应年级。',
    messageEn: 'The record of study abroad is missing; the matching grade is not known.',
    path: ['proofs'],
    remedy: placed ? '请由学籍主管部门写明理由确定年级；学生可以先入学就读。' : '请监护人提供境外学习记录。',
    ownerLevel: placed ? 'COUNTY' : 'GUARDIAN',
    ...where,
  });
};

const secondRegistration = (where: Where): Finding[] =>
  findingIfInForce('ENR-66', {
    code: 'DUPLICATE_RECORD_FOUND',
    outcome: 'REJECT',
    message: '回到境内应接续原学籍，不能另建学籍。',
    messageEn: 'The old registration is continued; a second one is not begun.',
    path: ['student'],
    remedy: '请查询原学籍并办理接续；已有其他在用学籍的，先按问题学籍处理。',
    ownerLevel: 'SCHOOL',
    ...where,
  });
