import { type AccountUseFigures, accountUseFigures, judgeAccountUse } from '#libs/law/account/account-use.ts';
import { addDays, addMonths, endOfDay, startOfDay } from '#libs/law/dates.ts';
import type { Finding } from '#libs/law/finding.ts';
import { query } from '#libs/platform/database/query.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { rangeWithin } from '#libs/platform/directory/within.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Desk } from './desk.ts';
import type { Post } from './post.ts';

/** Use of the accounts of a place in a month (ACC-11). */
export type AccountActivity = AccountUseFigures & { month: string; place: string; findings: Finding[] };

type Pattern = { days: number; due: number; missed: number; sealed: boolean; accounts: number };

/**
 * Figures of a month about the accounts of a school or unit and all below it: those that were open in the month. A week
 * belongs to the month in which it ends; sealed is who was sealed by the end of the month and still is.
 */
export const accountActivity = async (
  core: ServiceCore,
  desk: Desk,
  post: Post,
  month: string,
): Promise<AccountActivity> => {
  const { own, scope } = desk;
  const range = await rangeWithin(core.directory, own, post.workplace);
  const first = `${month}-01`;
  const last = addDays(addMonths(first, 1), -1);
  const patterns = await inScope(core.app, scope, (tx) =>
    query<Pattern>(
      tx,
      `select days, due, missed, sealed, count(*)::int as accounts from (
         select (select count(*)::int from login_day l
                 where l.registrar_id = r.registrar_id and l.day between $3::date and $4::date) as days,
                (select count(*)::int from account_week w
                 where w.registrar_id = r.registrar_id and w.week_from + 6 between $3::date and $4::date) as due,
                (select count(*)::int from account_week w where w.registrar_id = r.registrar_id and w.missed
                   and w.week_from + 6 between $3::date and $4::date) as missed,
                coalesce(sealed_at < $6, false) as sealed
         from registrar r
         where place between $1 and $2 and activated_at < $6 and (replaced_at is null or replaced_at >= $5)) accounts
       group by days, due, missed, sealed`,
      [range.lo, range.hi, first, last, startOfDay(first).toISOString(), endOfDay(last).toISOString()],
    ),
  );
  const figures = sumOf(patterns);
  const today = core.clock.today();
  const isOver = today > last;
  return {
    ...figures,
    month,
    place: post.workplace,
    findings: isOver ? judgeAccountUse(figures, today, post.law) : [],
  };
};

const none = accountUseFigures([]);

/** Accounts with the same use are counted once and multiplied. */
const sumOf = (patterns: readonly Pattern[]): AccountUseFigures =>
  patterns.reduce((sum, { days, due, missed, sealed, accounts }) => {
    const one = accountUseFigures([{ loginDays: days, weeksDue: due, weeksMissed: missed, sealed }]);
    return {
      accounts: sum.accounts + accounts * one.accounts,
      used: sum.used + accounts * one.used,
      unused: sum.unused + accounts * one.unused,
      sealed: sum.sealed + accounts * one.sealed,
      weeksDue: sum.weeksDue + accounts * one.weeksDue,
      weeksMissed: sum.weeksMissed + accounts * one.weeksMissed,
    };
  }, none);
