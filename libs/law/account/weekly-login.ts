import type { WorkingDayCalendar } from '../calendar/working-day-calendar.ts';
import { addDays, type IsoDate, weekday } from '../dates.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import { type Term, termOn } from '../organization/term-calendar.ts';
import { resolve } from '../resolve.ts';
import type { UserRole } from './roles.ts';

/** A user in a calendar week. */
export type WeeklyLoginFacts = {
  level: 'MINISTRY' | 'PROVINCE' | 'CITY' | 'COUNTY' | 'SCHOOL';
  role: UserRole;
  /** First day on which the account could be used. */
  activeFrom: IsoDate;
  /** Days of login, in any order. */
  loggedInOn: readonly IsoDate[];
  /** Terms of the user's jurisdiction. */
  terms: readonly Term[];
};

/** The Monday and the Sunday of the week in which a day lies. */
export const calendarWeekOf = (day: IsoDate): { from: IsoDate; to: IsoDate } => {
  const from = addDays(day, 1 - weekday(day));
  return { from, to: addDays(from, 6) };
};

/**
 * Registrars and decision-makers of schools and counties log in at least once a calendar week (ACC-10). `week` is any day
 * of the week, asked about on `on`: nothing is said before the week is over. Weeks without a working day in a term are
 * exempt (vacations), and so are those during which the account was opened.
 */
export const judgeWeeklyLogin = (
  facts: WeeklyLoginFacts,
  week: IsoDate,
  on: IsoDate,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): Finding[] => {
  const { from, to } = calendarWeekOf(week);
  if (on <= to || !isWatched(facts) || from < facts.activeFrom) return [];
  if (!resolve('loginAtLeast', place, to).value) return [];
  if (!hasTermDay(from, facts.terms, calendar)) return [];
  if (facts.loggedInOn.some((day) => from <= day && day <= to)) return [];
  return findingIfInForce('ACC-10', {
    message: `${from}至${to}一周内没有登录学籍系统。`,
    messageEn: `No login in the week from ${from} to ${to}.`,
    remedy: '请每周至少登录一次，及时处理待办业务。',
    ownerLevel: facts.level === 'SCHOOL' ? 'SCHOOL' : 'COUNTY',
    on,
    place,
  });
};

const isWatched = ({ level, role }: WeeklyLoginFacts): boolean =>
  (level === 'SCHOOL' || level === 'COUNTY') && (role === 'REGISTRAR' || role === 'DECISION_MAKER');

const hasTermDay = (monday: IsoDate, terms: readonly Term[], calendar: WorkingDayCalendar): boolean =>
  Array.from({ length: 7 }, (_, nth) => addDays(monday, nth)).some(
    (day) => calendar.isWorkingDay(day) && termOn(terms, day) !== undefined,
  );
