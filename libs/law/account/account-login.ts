import { workingDayCalendar } from '../calendar/working-day-calendar.ts';
import { endOfDay, type IsoDate, shanghaiDate, startOfDay } from '../dates.ts';
import { deadlineAfter } from '../deadline.ts';
import { type Finding, finding, findingIfInForce, isInForce, type LawPlace } from '../finding.ts';
import type { Duration } from '../parameters/parameter.ts';
import { requireValue } from '../resolve.ts';

/** An account that somebody logs in to. */
export type AccountFacts = {
  /** Last login; the opening or last unsealing of the account where nobody has logged in since. */
  lastUsedAt: Date;
  passwordChangedAt: Date;
};

/**
 * From which instant an account is sealed: the beginning of the day half a year after its last use, that day being
 * "half a year or more" (ACC-13). Elsewhere than in Shanxi the same figure is a default of the system.
 */
export const accountSealsAt = (lastUsedAt: Date, now: Date, place: LawPlace): Date => {
  const day = dayAfter(lastUsedAt, requireValue('accountSealAfter', place, shanghaiDate(now)));
  return startOfDay(day);
};

/** Until which instant a password serves: 24:00 of its ninetieth day (ACC-12, ours); undefined where none is asked. */
export const passwordExpiresAt = (changedAt: Date, now: Date, place: LawPlace): Date | undefined => {
  const within = requireValue('passwordChangeWithin', place, shanghaiDate(now));
  return within ? endOfDay(dayAfter(changedAt, within)) : undefined;
};

/** Judges a login: a sealed account waits for the next level, an expired password is changed first (ACC-12, ACC-13). */
export const judgeLogin = (facts: AccountFacts, now: Date, place: LawPlace): Finding[] => {
  const on = shanghaiDate(now);
  const expiresAt = passwordExpiresAt(facts.passwordChangedAt, now, place);
  return [
    ...(now >= accountSealsAt(facts.lastUsedAt, now, place) ? [sealed(on, place)] : []),
    ...(expiresAt && now >= expiresAt ? passwordExpired(on, place) : []),
  ];
};

const dayAfter = (from: Date, length: Duration): IsoDate =>
  deadlineAfter(from, length, workingDayCalendar()).dueDate;

const sealed = (on: IsoDate, place: LawPlace): Finding => {
  const said = {
    code: 'ACCOUNT_SEALED',
    outcome: 'REJECT' as const,
    message: '账号半年以上未使用，已封存。',
    messageEn: 'The account has not been used for half a year and is sealed.',
    remedy: '请由上一级教育行政部门核实身份后解封。',
    ownerLevel: 'COUNTY' as const,
    on,
    place,
  };
  return isInForce('ACC-13', on, place) ? finding('ACC-13', said) : finding('ORG-27', said);
};

const passwordExpired = (on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ACC-12', {
    message: '密码已超过更改期限。',
    messageEn: 'The password is past the time in which it is changed.',
    remedy: '请先更改密码，再登录。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });
