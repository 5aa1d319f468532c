import type { IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';

/** One account in a month of the report. */
export type AccountUse = {
  /** Days of login in the month. */
  loginDays: number;
  /** Weeks of the month in which a login was due, and those without one (ACC-10). */
  weeksDue: number;
  weeksMissed: number;
  sealed: boolean;
};

/** What the report says of a place's accounts in a month. */
export type AccountUseFigures = {
  accounts: number;
  /** Accounts with a login in the month. */
  used: number;
  unused: number;
  sealed: number;
  weeksDue: number;
  weeksMissed: number;
};

/** Adds up the use of all accounts of a place in a month; sealed accounts count as neither used nor unused. */
export const accountUseFigures = (accounts: readonly AccountUse[]): AccountUseFigures => {
  const open = accounts.filter(({ sealed }) => !sealed);
  const used = open.filter(({ loginDays }) => loginDays > 0).length;
  return {
    accounts: accounts.length,
    used,
    unused: open.length - used,
    sealed: accounts.length - open.length,
    weeksDue: accounts.reduce((sum, { weeksDue }) => sum + weeksDue, 0),
    weeksMissed: accounts.reduce((sum, { weeksMissed }) => sum + weeksMissed, 0),
  };
};

/** A place whose accounts were not all in use, or missed weeks, is named in the monthly report (ACC-11). */
export const judgeAccountUse = (figures: AccountUseFigures, on: IsoDate, place: LawPlace): Finding[] => {
  if (figures.unused === 0 && figures.weeksMissed === 0) return [];
  return findingIfInForce('ACC-11', {
    code: 'ACCOUNT_USE_POOR',
    outcome: 'RECORD',
    message: `本月有${figures.unused}个账号未使用，缺登录${figures.weeksMissed}周次，纳入通报。`,
    messageEn: `${figures.unused} accounts were unused and ${figures.weeksMissed} weekly logins missed this month.`,
    remedy: '请督促学籍管理员和核办人员按时登录。',
    ownerLevel: 'COUNTY',
    on,
    place,
  });
};
