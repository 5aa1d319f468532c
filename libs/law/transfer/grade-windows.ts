import type { IsoDate } from '../dates.ts';
import { calendarEnd } from '../deadline.ts';
import type { LocalGrade } from '../enrollment/compulsory-year.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import { type Term, termOf, termOn } from '../organization/term-calendar.ts';
import type { VocationalWindow } from '../parameters/transfer.ts';
import { resolve } from '../resolve.ts';
import { isGraduatingGrade, isStartGrade, seniorYearOf } from './grade.ts';
import { isFirstDays, termExpectedOn } from './windows.ts';

/** The pupil's grade at one school of a case, and the terms of that school's jurisdiction. */
export type GradeTermFacts = LocalGrade & { terms: readonly Term[] };

/**
 * Starting grades are closed in their first term and graduating grades in their second (TRF-14, Shanxi; generally, so
 * the authority may let a transfer through). Asked for each school with its own grade and terms; in a vacation no term
 * runs and nothing is closed by this rule.
 */
export const judgeClosedGrade = (facts: GradeTermFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const { stage, terms } = facts;
  const closed = resolve('closedGradeTerms', place, on, { stage }).value ?? [];
  const season = closed.flatMap((each) => {
    if (each === 'START_GRADE_TERM_1') return isStartGrade(facts) ? ['AUTUMN'] : [];
    return isGraduatingGrade(facts) ? ['SPRING'] : [];
  });
  if (season.length === 0) return [];
  const running = termOn(terms, on);
  if (running === undefined) return termOf(terms, termExpectedOn(on), on, place).findings;
  if (!season.includes(running.season)) return [];
  const starting = running.season === 'AUTUMN';
  return findingIfInForce('TRF-14', {
    message: starting ? '原则上起始年级第一学期不得转学。' : '原则上毕业年级第二学期不得转学。',
    messageEn: starting
      ? 'No transfer in the first term of a starting grade, in principle.'
      : 'No transfer in the second term of a graduating grade, in principle.',
    path: ['grade'],
    remedy: '请在下一学期申请；确需现在转学的，由学籍主管部门写明理由决定。',
    ownerLevel: 'COUNTY',
    on,
    place,
    stage,
  });
};

/** A senior pupil and the end of the registration for the college entrance examination at the school's place. */
export type ExamRegistrationFacts = LocalGrade & {
  /** The last day of the registration for this school year; null while it is not announced. */
  examRegistrationEndsOn: IsoDate | null;
};

/** After that day the graduating senior grade is no longer transferred, in principle (TRF-16, Shanxi). */
export const judgeExamRegistration = (
  facts: ExamRegistrationFacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  const { stage, examRegistrationEndsOn } = facts;
  if (stage !== 'SENIOR' || !isGraduatingGrade(facts)) return [];
  if (examRegistrationEndsOn === null || on <= examRegistrationEndsOn) return [];
  return findingIfInForce('TRF-16', {
    message: '当地高考报名已结束，原则上不再办理高中毕业年级学生转学。',
    messageEn: 'The registration for the college entrance examination has ended here.',
    path: ['grade'],
    remedy: '确需转学的，由学籍主管部门写明理由决定。',
    ownerLevel: 'COUNTY',
    on,
    place,
    stage,
  });
};

/** A senior pupil who goes to a vocational school; `terms`: those of the place whose law is asked. */
export type VocationalWindowFacts = {
  /** Grade and system at the ordinary senior school. */
  from: LocalGrade;
  appliedOn: IsoDate;
  /** The day of the start, whose law counts. */
  startsOn: IsoDate;
  terms: readonly Term[];
  /** The major that takes the pupil in lasts three years. */
  threeYearMajor: boolean;
};

/**
 * From senior to vocational school only at the end of the first year, at the end of the third term, and in the first
 * week of the fourth; only into a three-year major (TRF-27, Shanxi). Judged by the day of the application, on the law of the day of the start.
 */
export const judgeVocationalWindow = (facts: VocationalWindowFacts, place: LawPlace): Finding[] => {
  const { startsOn: on } = facts;
  const windows = resolve('seniorToVocationalWindows', place, on, { stage: 'SENIOR' }).value;
  if (!windows) return [];
  return [
    ...(facts.threeYearMajor ? [] : notThreeYears(on, place)),
    ...(windows.some((window) => isInWindow(window, facts)) ? [] : outsideWindows(facts, place)),
  ];
};

const isInWindow = (
  { year, season, at, within }: VocationalWindow,
  { from, appliedOn, terms }: VocationalWindowFacts,
): boolean => {
  const term = termOn(terms, appliedOn);
  if (term?.season !== season || seniorYearOf(from) !== year) return false;
  if (at === 'OPENING') return isFirstDays(term, within, appliedOn);
  return within.unit !== 'WORKING_DAY' && term.closesOn < calendarEnd(appliedOn, within.amount, within.unit);
};

const outsideWindows = (
  { terms, appliedOn, startsOn: on }: VocationalWindowFacts,
  place: LawPlace,
): Finding[] => {
  const missing = termOn(terms, appliedOn)
    ? []
    : termOf(terms, termExpectedOn(appliedOn), on, place).findings;
  if (missing.length > 0) return missing;
  return findingIfInForce('TRF-27', {
    code: 'OUTSIDE_VOCATIONAL_WINDOW',
    message: '普通高中转入中职，限高一第二学期末、高二第一学期末或高二第二学期开学后一周内办理。',
    messageEn:
      'From senior to vocational school at the end of terms 2 and 3 and in the first week of term 4.',
    path: ['appliedOn'],
    remedy: '请在规定时段内申请。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });
};

const notThreeYears = (on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('TRF-27', {
    code: 'NOT_THREE_YEAR_MAJOR',
    message: '普通高中学生只能转入中职三年制专业。',
    messageEn: 'A senior pupil goes only into a three-year vocational major.',
    path: ['targetMajor'],
    remedy: '请改选三年制专业。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });
