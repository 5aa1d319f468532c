import { type IsoDate, shanghaiDate } from '../dates.ts';
import { enforces } from '../enforces.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import { resolve } from '../resolve.ts';

/** A class by its position: grade one of the stage was in `entryYearAdj`. */
export type ClassYears = { entryYearAdj: number; lastGrade: number };

/** From when in its last summer a class can be let graduate (ours: the texts say only that the time of study is over). */
const OPENS = '06-01';

/** The first day on which the time of study of a class counts as over. */
export const graduatesFrom = ({ entryYearAdj, lastGrade }: ClassYears): IsoDate =>
  `${entryYearAdj + lastGrade}-${OPENS}`;

/**
 * Nobody is let graduate before the summer in which the time of study is over: after the promotion the last grade is the next
 * class, whose year has only begun (ENR-30, with CRT-01).
 */
export const judgeTimeOfStudy = (years: ClassYears, on: IsoDate, place: LawPlace): Finding[] =>
  on >= graduatesFrom(years)
    ? []
    : findingIfInForce('ENR-30', {
        code: 'TIME_OF_STUDY_NOT_OVER',
        outcome: 'REJECT',
        message: '该生学习年限未满，不能办理毕业、结业。',
        messageEn: 'The time of study is not over yet.',
        path: ['registrations'],
        remedy: '请在毕业年级最后一个学期末办理；上一届未办理的学生请逐一列出或选择全部毕业年级。',
        ownerLevel: 'SCHOOL',
        on,
        place,
      });

/** A yearly operation. `doneOn`: the day it was done; null: not yet. */
export type YearlyOperationFacts = { year: number; doneOn: IsoDate | null };

/** The last day of a year's graduation operation, included; undefined where no text sets one (ENR-30). */
export const graduationOperationBy = (year: number, place: LawPlace): IsoDate | undefined =>
  lastDay('graduationOperationBy', year, place);

/** The last day of a year's admission processing, included; undefined where no text sets one (ENR-33). */
export const admissionProcessingBy = (year: number, place: LawPlace): IsoDate | undefined =>
  lastDay('admissionProcessingBy', year, place);

const lastDay = (
  key: 'graduationOperationBy' | 'admissionProcessingBy',
  year: number,
  place: LawPlace,
): IsoDate | undefined => {
  const day = resolve(key, place, `${year}-12-31`).value;
  return day ? `${year}-${day}` : undefined;
};

const isLate = ({ doneOn }: YearlyOperationFacts, by: IsoDate | undefined, on: IsoDate): boolean =>
  by !== undefined && (doneOn ?? on) > by;

/** The graduation and completion operation of a school is done by 30 July; later ones are on record (ENR-30). */
export const judgeGraduationOperation = (
  facts: YearlyOperationFacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  isLate(facts, graduationOperationBy(facts.year, place), on)
    ? findingIfInForce('ENR-30', {
        message: `${facts.year}年毕业、结业操作未在7月30日前完成。`,
        messageEn: `The graduation operation of ${facts.year} was not done by 30 July.`,
        remedy: '请学校尽快完成毕业、结业操作。',
        ownerLevel: 'SCHOOL',
        on,
        place,
      })
    : [];

/** The admission processing ends on 30 November; later steps are on record (ENR-33). */
export const judgeAdmissionProcessing = (
  facts: YearlyOperationFacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  isLate(facts, admissionProcessingBy(facts.year, place), on)
    ? findingIfInForce('ENR-33', {
        message: `${facts.year}年招生处理未在11月30日前完成。`,
        messageEn: `The admission processing of ${facts.year} was not done by 30 November.`,
        remedy: '请尽快完成招生处理。',
        ownerLevel: 'SCHOOL',
        on,
        place,
      })
    : [];

/** A transfer that is open when its pupil graduates. `startedAt`: when it was started. */
export type OpenTransferFacts = { startedAt: Date; graduatedAt: Date };

/**
 * A transfer that was started before the graduation operation on its pupil and is not finished is purged by it and
 * starts anew (ENR-31). One started afterwards is none of its business. The system purges; the finding goes on record.
 */
export const judgeOpenTransfer = (facts: OpenTransferFacts, place: LawPlace): Finding[] => {
  if (facts.startedAt >= facts.graduatedAt) return [];
  return findingIfInForce('ENR-31', {
    outcome: 'RECORD',
    message: '该生已办理毕业，毕业前未办结的转学业务自动清理。',
    messageEn: 'The pupil has graduated; the transfer that was not finished before is purged.',
    remedy: '仍需转学的，请在毕业后按跨省就学或升学重新发起。',
    ownerLevel: 'SCHOOL',
    on: shanghaiDate(facts.graduatedAt),
    place,
  });
};

/** A problem record of somebody who graduates. `graduatedOn`: null before. */
export type ProblemAtGraduationFacts = { settled: boolean; graduatedOn: IsoDate | null };

/**
 * Problem records are to be settled before the graduation operation (ENR-31); one that was not is on record. It stops
 * neither graduation nor admission (ENR-32), and nothing of it is purged.
 */
export const judgeProblemAtGraduation = (
  { settled, graduatedOn }: ProblemAtGraduationFacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  settled || graduatedOn === null
    ? []
    : findingIfInForce('ENR-31', {
        code: 'PROBLEM_RECORD_OPEN_AT_GRADUATION',
        outcome: 'RECORD',
        message: '该生毕业时问题学籍尚未处理完毕；不影响毕业和招生。',
        messageEn:
          'The problem record was not settled before graduation; it stops neither that nor admission.',
        remedy: '请尽快处理；学生升学后由招生学校继续处理。',
        ownerLevel: 'SCHOOL',
        on,
        place,
      });

/**
 * Who goes on settling a problem record that graduation left open (ENR-32): the school before the pupil is admitted, the
 * admitting school afterwards; nobody once the admission of the year is over without the pupil.
 */
export const problemRecordOwner = (facts: {
  graduated: boolean;
  admitted: boolean;
  admissionOver: boolean;
}): 'SCHOOL' | 'ADMITTING_SCHOOL' | 'NOBODY' => {
  enforces('ENR-32');
  if (!facts.graduated) return 'SCHOOL';
  if (facts.admitted) return 'ADMITTING_SCHOOL';
  return facts.admissionOver ? 'NOBODY' : 'SCHOOL';
};
