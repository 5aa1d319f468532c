import {
  AccountSealed,
  AnnualTrainingMissing,
  PasswordExpired,
  WeeklyLoginMissing,
} from '#libs/contracts/events/registrar.ts';
import { accountSealsAt, passwordExpiresAt } from '#libs/law/account/account-login.ts';
import type { UserRole } from '#libs/law/account/roles.ts';
import { calendarWeekOf, judgeWeeklyLogin } from '#libs/law/account/weekly-login.ts';
import { judgeYearlyTraining } from '#libs/law/account/yearly-training.ts';
import type { WorkingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { addDays, type IsoDate, shanghaiDate, startOfDay } from '#libs/law/dates.ts';
import { enforces } from '#libs/law/enforces.ts';
import type { Finding, LawPlace } from '#libs/law/finding.ts';
import type { Term } from '#libs/law/organization/term-calendar.ts';
import type { UnitLevel } from '../tree/org-unit.ts';
import { isRegistrar, type Registrar } from './registrar.ts';
import { type Told, told } from './registrar-rows.ts';

/** What a look at an account needs to know beside it. */
export type AccountFacts = {
  now: Date;
  law: LawPlace;
  level: UnitLevel | 'SCHOOL';
  terms: readonly Term[];
  calendar: WorkingDayCalendar;
  loggedInOn: readonly IsoDate[];
  trainedOn: readonly IsoDate[];
};

/** A calendar week in which a login was due. */
export type DueWeek = { from: IsoDate; missed: boolean };

/** The account after the look, what is told of it, and the weeks that went into the figures. */
export type Looked = { registrar: Registrar; told: Told[]; weeks: DueWeek[] };

/** More weeks than this are not caught up at once; the next look goes on where this one ended. */
const mostWeeks = 60;

const isAtRest = ({ sealedAt, suspendedAt }: Registrar): boolean => sealedAt !== null || suspendedAt !== null;

/**
 * Looks at an account that is open: calendar weeks without a login (ACC-10), years without a training (ACC-03), a
 * password past its time (ACC-12), half a year without use (ACC-13). Looking again at the same instant finds nothing new.
 */
export const lookAt = (registrar: Registrar, facts: AccountFacts): Looked => {
  enforces('ACC-03', 'ACC-10', 'ACC-12', 'ACC-13');
  if (registrar.activatedAt === null || registrar.replacedAt !== null) {
    return { registrar: { ...registrar, nextCheckOn: null }, told: [], weeks: [] };
  }
  const weekly = lookAtWeeks(registrar, facts);
  const yearly = lookAtYears(weekly.registrar, facts);
  const expired = lookAtPassword(yearly.registrar, facts);
  const sealed = lookAtUse(expired.registrar, facts);
  return {
    registrar: { ...sealed.registrar, nextCheckOn: nextCheckOf(sealed.registrar, facts.now, facts.law) },
    told: [...weekly.told, ...yearly.told, ...expired.told, ...sealed.told],
    weeks: weekly.weeks,
  };
};

/** What stays on record: the last word on each rule. */
const onRecord = (registrar: Registrar, ruleId: Finding['ruleId'], last: readonly Finding[]): Finding[] => [
  ...registrar.recorded.filter((finding) => finding.ruleId !== ruleId),
  ...last,
];

const watchedRole = ({ roles }: Registrar): UserRole =>
  roles.find((role) => role === 'REGISTRAR' || role === 'DECISION_MAKER') ?? 'PRINCIPAL';

const lookAtWeeks = (registrar: Registrar, facts: AccountFacts): Looked => {
  const { now, level, terms, law, calendar, loggedInOn } = facts;
  const today = shanghaiDate(now);
  const activeFrom = registrar.activeFrom ?? today;
  const first = calendarWeekOf(addDays(registrar.weeksCheckedTo ?? activeFrom, 1)).from;
  const weeks: DueWeek[] = [];
  const events: Told[] = [];
  let last: Finding[] | undefined;
  let checkedTo = registrar.weeksCheckedTo;
  for (
    let from = first, nth = 0;
    addDays(from, 6) < today && nth < mostWeeks;
    from = addDays(from, 7), nth++
  ) {
    checkedTo = addDays(from, 6);
    if (isAtRest(registrar)) continue;
    const judge = (days: readonly IsoDate[]) =>
      judgeWeeklyLogin(
        { level, role: watchedRole(registrar), activeFrom, loggedInOn: days, terms },
        from,
        today,
        law,
        calendar,
      );
    if (judge([]).length === 0) continue;
    const findings = judge(loggedInOn);
    weeks.push({ from, missed: findings.length > 0 });
    if (findings.length > 0) events.push(told(WeeklyLoginMissing, { weekFrom: from }));
    last = findings;
  }
  const recorded = last === undefined ? registrar.recorded : onRecord(registrar, 'ACC-10', last);
  return { registrar: { ...registrar, weeksCheckedTo: checkedTo, recorded }, told: events, weeks };
};

const lookAtYears = (registrar: Registrar, { now, trainedOn, law }: AccountFacts): Looked => {
  const today = shanghaiDate(now);
  const inPostFrom = shanghaiDate(registrar.activatedAt ?? now);
  const lastYear = Number(today.slice(0, 4)) - 1;
  const first = (registrar.yearsCheckedTo ?? lastYear) + 1;
  const events: Told[] = [];
  let { recorded } = registrar;
  for (let year = first; year <= lastYear; year++) {
    const findings = isRegistrar(registrar)
      ? judgeYearlyTraining({ year, trainedOn, inPostFrom, inPostUntil: null }, today, law)
      : [];
    if (findings.length > 0) events.push(told(AnnualTrainingMissing, { year }));
    recorded = onRecord({ ...registrar, recorded }, 'ACC-03', findings);
  }
  const yearsCheckedTo = Math.max(registrar.yearsCheckedTo ?? lastYear, lastYear);
  return { registrar: { ...registrar, yearsCheckedTo, recorded }, told: events, weeks: [] };
};

const lookAtPassword = (registrar: Registrar, { now, law }: AccountFacts): Looked => {
  const { passwordChangedAt, passwordExpiredAt } = registrar;
  const expiresAt = passwordChangedAt && passwordExpiresAt(passwordChangedAt, now, law);
  if (!expiresAt || passwordExpiredAt !== null || now < expiresAt) return { registrar, told: [], weeks: [] };
  return {
    registrar: { ...registrar, passwordExpiredAt: now },
    told: [told(PasswordExpired, {})],
    weeks: [],
  };
};

const lookAtUse = (registrar: Registrar, { now, law }: AccountFacts): Looked => {
  const { lastUsedOn } = registrar;
  if (lastUsedOn === null || isAtRest(registrar) || now < accountSealsAt(startOfDay(lastUsedOn), now, law))
    return { registrar, told: [], weeks: [] };
  return {
    registrar: { ...registrar, sealedAt: now },
    told: [told(AccountSealed, { lastUsedOn })],
    weeks: [],
  };
};

/**
 * The next day on which there may be something to find: a Monday, a first of January, the end of a password, the day of
 * sealing. Null for an account that is not open.
 */
export const nextCheckOf = (registrar: Registrar, now: Date, law: LawPlace): IsoDate | null => {
  if (registrar.activatedAt === null || registrar.replacedAt !== null) return null;
  const today = shanghaiDate(now);
  const { passwordChangedAt, passwordExpiredAt, lastUsedOn } = registrar;
  const expiresAt =
    passwordChangedAt && passwordExpiredAt === null && passwordExpiresAt(passwordChangedAt, now, law);
  const sealsAt =
    lastUsedOn !== null && !isAtRest(registrar) && accountSealsAt(startOfDay(lastUsedOn), now, law);
  const days = [
    addDays(calendarWeekOf(today).to, 1),
    `${Number(today.slice(0, 4)) + 1}-01-01`,
    ...(expiresAt ? [shanghaiDate(expiresAt)] : []),
    ...(sealsAt ? [shanghaiDate(sealsAt)] : []),
  ];
  const tomorrow = addDays(today, 1);
  return days.map((day) => (day < tomorrow ? tomorrow : day)).sort()[0] ?? tomorrow;
};
