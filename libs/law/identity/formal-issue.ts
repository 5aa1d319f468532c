import type { IsoDate } from '../dates.ts';
import { type Finding, finding, type LawPlace } from '../finding.ts';
import { resolve } from '../resolve.ts';
import type { StudentNumberKind } from './student-number.ts';

/** Result of the national search for another record of the person. */
export type DuplicateCheck = 'CLEAN' | 'DUPLICATE_FOUND' | 'NOT_RUN';
/** Result of the comparison with the population register. */
export type IdentityComparison = 'PASS' | 'FAIL' | 'NOT_RUN';

/** What is known of a holder of a temporary number when formal numbers are issued. */
export type IssueFacts = {
  hasResidentId: boolean;
  duplicateCheck: DuplicateCheck;
  comparison: IdentityComparison;
};

/** The number a student leaves the yearly issue with; `problem` opens a problem record of that kind. */
export type IssueDecision = {
  kind: StudentNumberKind;
  problem?: 'COMPARISON_FAILED' | 'DUPLICATE';
  findings: Finding[];
};

/**
 * Decides what a holder of a temporary number receives (ID-07, ID-08): with a resident ID number and both checks
 * passed a G number, without one and a clean search a J number, else the L number stays - in full validity - and
 * what failed becomes a problem record. A check that has not run yet is no failure.
 */
export const decideFormalNumber = (facts: IssueFacts, on: IsoDate, place: LawPlace): IssueDecision => {
  if (facts.duplicateCheck === 'DUPLICATE_FOUND') return staysTemporary('DUPLICATE', on, place);
  if (facts.hasResidentId && facts.comparison === 'FAIL')
    return staysTemporary('COMPARISON_FAILED', on, place);
  if (facts.duplicateCheck !== 'CLEAN') return { kind: 'L_TEMPORARY', findings: [] };
  if (!facts.hasResidentId) {
    const findings = judgeJNumber(facts, on, place);
    return { kind: findings.length === 0 ? 'J_FORMAL' : 'L_TEMPORARY', findings };
  }
  return { kind: facts.comparison === 'PASS' ? 'G_FORMAL' : 'L_TEMPORARY', findings: [] };
};

const staysTemporary = (
  problem: 'COMPARISON_FAILED' | 'DUPLICATE',
  on: IsoDate,
  place: LawPlace,
): IssueDecision => ({
  kind: 'L_TEMPORARY',
  problem,
  findings: [
    finding('ID-07', {
      code: problem === 'DUPLICATE' ? 'DUPLICATE_RECORD_FOUND' : 'IDENTITY_COMPARISON_FAILED',
      message:
        problem === 'DUPLICATE'
          ? '全国查重发现另有学籍，暂不下发正式学籍号；临时学籍号继续有效。'
          : '与国家人口基础信息比对未通过，暂不下发正式学籍号；临时学籍号继续有效。',
      messageEn: 'A check failed; the temporary number stays valid and a problem record is opened.',
      remedy: '请核实学生身份信息并处理问题学籍，下次下发时自动再核。',
      ownerLevel: 'SCHOOL',
      on,
      place,
    }),
  ],
});

/**
 * Formal numbers are issued once a year after the spring term has opened (ID-07). `issuedOn`: days of earlier runs.
 */
export const judgeIssueRun = (
  facts: { springOpensOn: IsoDate; issuedOn: readonly IsoDate[] },
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  const year = on.slice(0, 4);
  const tooEarly = on < facts.springOpensOn || facts.springOpensOn.slice(0, 4) !== year;
  const again = facts.issuedOn.some((day) => day.slice(0, 4) === year);
  if (!tooEarly && !again) return [];
  return [
    finding('ID-07', {
      code: tooEarly ? 'FORMAL_ISSUE_TOO_EARLY' : 'FORMAL_ISSUE_ALREADY_RUN',
      outcome: 'REJECT',
      message: tooEarly ? '正式学籍号在春季开学后下发。' : '本年度已下发过正式学籍号。',
      messageEn: 'Formal numbers are issued once a year, after the spring term has opened.',
      remedy: tooEarly ? '请在春季开学后再下发。' : '请等下一年度春季开学后再下发。',
      ownerLevel: 'MINISTRY',
      on,
      place,
    }),
  ];
};

/** A J number is for a student without resident ID number whose search is clean (ID-08). */
export const judgeJNumber = (
  facts: Pick<IssueFacts, 'hasResidentId' | 'duplicateCheck'>,
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  !facts.hasResidentId && facts.duplicateCheck === 'CLEAN'
    ? []
    : [
        finding('ID-08', {
          message: facts.hasResidentId
            ? '已采集居民身份证号的学生不使用J字头学籍号。'
            : '查重未通过或尚未查重，不能赋予J字头学籍号。',
          messageEn: 'A J number needs a missing resident ID number and a clean duplicate check.',
          remedy: facts.hasResidentId ? '请按身份比对结果办理G字头学籍号。' : '请先完成全国查重。',
          on,
          place,
        }),
      ];

/** A J number becomes a G number once ID data are there and both checks pass, while the policy allows it (ID-09). */
export const judgeJToG = (facts: IssueFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const allowed = resolve('jToGUpgradeEnabled', place, on).value === true;
  const passed = facts.hasResidentId && facts.duplicateCheck === 'CLEAN' && facts.comparison === 'PASS';
  if (allowed && passed) return [];
  return [
    finding('ID-09', {
      message: '变更为G字头学籍号须已开放办理、有居民身份证号，并通过全国查重和身份比对。',
      messageEn: 'A J number becomes a G number only with ID data, a clean search and a passed comparison.',
      remedy: '请补充身份证件信息并核对后再申请。',
      ownerLevel: 'SCHOOL',
      on,
      place,
    }),
  ];
};

/** A G number stands for two passed checks; none may exist without their record (ID-10). */
export const judgeGNumber = (
  facts: Pick<IssueFacts, 'duplicateCheck' | 'comparison'>,
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  facts.duplicateCheck === 'CLEAN' && facts.comparison === 'PASS'
    ? []
    : [
        finding('ID-10', {
          message: 'G字头学籍号须以全国查重和身份比对均通过为前提。',
          messageEn: 'A G number needs a recorded clean search and a recorded passed comparison.',
          remedy: '请先完成查重和比对。',
          ownerLevel: 'MINISTRY',
          on,
          place,
        }),
      ];
