import { type IsoDate, shanghaiDate, withinDays } from '../dates.ts';
import { calendarEnd } from '../deadline.ts';
import { prevailing } from '../enrollment/prevailing.ts';
import { type Finding, type FindingSpec, findingIfInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';
import { type Term, termOf, termOn } from '../organization/term-calendar.ts';
import type { Duration } from '../parameters/parameter.ts';
import type { AcceptanceWindow, YearWindow } from '../parameters/transfer.ts';
import { resolve } from '../resolve.ts';
import type { CaseKind } from './kinds.ts';

/**
 * No transfer starts in the summer stop (TRF-08): from 15 July 00:00 to 14 August 24:00, judged by the instant of the
 * start. Cases that began before go on. Cross-province study has windows of its own.
 */
export const judgeSummerStop = (kind: CaseKind, startsAt: Date, place: LawPlace): Finding[] => {
  const on = shanghaiDate(startsAt);
  const stop = resolve('transferStop', place, on).value;
  if (kind === 'CROSS_PROVINCE_STUDY' || !stop || !isWithin(startsAt, stop)) return [];
  return findingIfInForce('TRF-08', {
    message: '每年7月15日零时至8月14日24时暂停发起转学。',
    messageEn: 'No transfer starts from 15 July 00:00 to 14 August 24:00.',
    path: ['startsAt'],
    remedy: '请在8月15日零时以后发起；此前已发起的业务照常办理，学生可以先入学就读。',
    ownerLevel: 'MINISTRY',
    on,
    place,
  });
};

/** Cross-province study starts in two windows of the year only (TRF-38); what runs then goes on after they close. */
export const judgeStudyWindow = (kind: CaseKind, startsAt: Date, place: LawPlace): Finding[] => {
  const on = shanghaiDate(startsAt);
  const windows = resolve('studyWindows', place, on).value;
  if (kind !== 'CROSS_PROVINCE_STUDY' || !windows || windows.some((window) => isWithin(startsAt, window))) {
    return [];
  }
  return findingIfInForce('TRF-38', {
    message: '毕业后跨省就学只在8月15日零时至12月14日24时、3月1日零时至5月31日24时发起。',
    messageEn: 'Cross-province study starts from 15 August to 14 December and from 1 March to 31 May.',
    path: ['startsAt'],
    remedy: '请在下一时段内发起；学生可以先入学就读。',
    ownerLevel: 'MINISTRY',
    on,
    place,
  });
};

const isWithin = (instant: Date, { from, to }: YearWindow): boolean => {
  const year = shanghaiDate(instant).slice(0, 4);
  return withinDays(instant, `${year}-${from}`, `${year}-${to}`);
};

/** An application that came to the receiving school; `terms`: those of the school's jurisdiction. */
export type AcceptanceFacts = {
  kind: CaseKind;
  acrossProvinces: boolean;
  /** The pupil goes from an ordinary senior class to a vocational one: that has its own windows (TRF-27, CF-36). */
  toVocational: boolean;
  stage: Stage;
  appliedOn: IsoDate;
  /** The day of the start, whose law and term count. */
  startsOn: IsoDate;
  terms: readonly Term[];
};

/**
 * The receiving school takes applications from the opening of a term for as long as its own jurisdiction says (CF-03):
 * fifteen days in Shanxi, the opening day included (TRF-06), two months for transfers within the province in Beiguan
 * (TRF-07), elsewhere on any day. Judged by the day of the application, on the law of the day of the start and in the term
 * that runs or is to open then: a day of an earlier term, or of an earlier law, opens no window; a case that began in the
 * window runs past it. The texts say "generally": the receiving authority may let an application through.
 */
export const judgeAcceptance = (facts: AcceptanceFacts, place: LawPlace): Finding[] => {
  const { startsOn: on, appliedOn, stage, terms } = facts;
  if (facts.kind === 'CROSS_PROVINCE_STUDY' || facts.toVocational) return [];
  const window = acceptanceWindow(facts, place);
  if (window?.kind !== 'FROM_TERM_OPENING') return [];
  const running = termOn(terms, on);
  const { term, findings } = running
    ? { term: running, findings: [] }
    : termOf(terms, termExpectedOn(on), on, place);
  if (term === undefined) return findings;
  if (isFirstDays(term, window.within, appliedOn)) return [];
  const spec: FindingSpec = {
    code: 'OUTSIDE_ACCEPTANCE_WINDOW',
    outcome: 'HOLD',
    message: `转学一般在开学后${lengthOf(window.within)}内受理，申请日不在此期间。`,
    messageEn: `Transfers are generally accepted within ${window.within.amount} ${window.within.unit.toLowerCase()}(s) of the opening of a term.`,
    path: ['appliedOn'],
    remedy: '请在学期初受理期内申请；确需现在办理的，请学校说明理由，由主管部门写明理由决定。',
    ownerLevel: 'COUNTY',
    on,
    place,
    stage,
  };
  return prevailing(findingIfInForce('TRF-06', spec), findingIfInForce('TRF-07', spec));
};

const acceptanceWindow = (
  { acrossProvinces, startsOn, stage }: AcceptanceFacts,
  place: LawPlace,
): AcceptanceWindow | undefined => {
  const key = acrossProvinces ? 'transferAcceptCrossProvince' : 'transferAcceptInProvince';
  return resolve(key, place, startsOn, { stage }).value;
};

/** True on the days from a term's opening until a length of time has passed; the opening day is the first of them. */
export const isFirstDays = ({ opensOn }: Term, { amount, unit }: Duration, on: IsoDate): boolean =>
  unit !== 'WORKING_DAY' && opensOn <= on && on < calendarEnd(opensOn, amount, unit);

/**
 * The term that a calendar should hold for a day (ORG-28, ours): the autumn term from August to January, the spring term
 * from February to July.
 */
export const termExpectedOn = (on: IsoDate): Pick<Term, 'schoolYear' | 'season'> => {
  const [year, month] = [Number(on.slice(0, 4)), Number(on.slice(5, 7))];
  if (month >= 8) return { schoolYear: year, season: 'AUTUMN' };
  return { schoolYear: year - 1, season: month === 1 ? 'AUTUMN' : 'SPRING' };
};

const UNITS: Readonly<Record<Duration['unit'], string>> = {
  WORKING_DAY: '个工作日',
  DAY: '天',
  WEEK: '周',
  MONTH: '个月',
  YEAR: '年',
};

const lengthOf = ({ amount, unit }: Duration): string => `${amount}${UNITS[unit]}`;
