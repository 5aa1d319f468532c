import { calendarWeekOf } from '#libs/law/account/weekly-login.ts';
import { addDays, type IsoDate } from '#libs/law/dates.ts';
import { enforces } from '#libs/law/enforces.ts';
import type { Finding } from '#libs/law/finding.ts';
import { judgeAccountReport } from '#libs/law/statistics/account-report.ts';
import { monthOf } from '#libs/law/statistics/timeliness.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { badInput } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { coveredScope } from '../table/covered-scope.ts';
import { levelBelow, wholeOf } from '../table/parts.ts';
import { type AccountFigures, noAccounts, readAccountFigures, type Weeks, weeksOf } from './figures.ts';

export type UnitAccounts = AccountFigures & { unit: string; name: string | null };

/** Use of the accounts of a scope in a week, or in the weeks that end in a month. */
export type AccountUse = {
  scope: string;
  /** First and last day. */
  from: IsoDate;
  to: IsoDate;
  asOf: string;
  total: UnitAccounts;
  rows: UnitAccounts[];
  findings: Finding[];
};

type Asked = { scope?: string | null; week?: string | null; month?: string | null };

const refuse = (path: string, code: string, message: string) => badInput([{ path: [path], code, message }]);

/** Exactly one of a week, by any of its days, and a month; none to come. */
const weeksAsked = ({ week, month }: Asked, today: IsoDate): Weeks => {
  if (week && !month) {
    const { from } = calendarWeekOf(week);
    if (from > today) throw refuse('week', 'WEEK_TO_COME', '该周尚未开始。 That week has not begun.');
    return { from, to: from };
  }
  if (!month || week) {
    throw refuse('month', 'WEEK_OR_MONTH', '周和月份只填一项。 Either a week or a month is named.');
  }
  if (month > monthOf(today)) {
    throw refuse('month', 'MONTH_TO_COME', '该月尚未开始。 That month has not begun.');
  }
  return weeksOf(month);
};

/**
 * How the accounts of a scope and of each unit one level below were used (STA-02, ACC-11): a week is counted once it is
 * over. Throws BAD_USER_INPUT for a time to come, OUT_OF_JURISDICTION for a scope that is not the caller's own (PRV-12).
 */
export const accountUse = async (
  core: ServiceCore,
  caller: Actor | null,
  asked: Asked,
): Promise<AccountUse> => {
  enforces('STA-02', 'ACC-11');
  const actor = authorize(caller, 'statistics.read');
  const weeks = weeksAsked(asked, core.clock.today());
  const { scope, range, own } = await coveredScope(core, actor, asked.scope ?? undefined);
  const units = await core.directory.units();
  const source = { kind: 'LIVE', weeks } as const;
  const { whole, below } = await inScope(core.app, { ...own, persons: [] }, async (tx) => ({
    whole: await readAccountFigures(tx, source, wholeOf(scope, range)),
    below: await readAccountFigures(tx, source, levelBelow(scope, range, units.values())),
  }));
  const schools = await core.directory.schoolsOf([scope, ...below.keys()].filter((code) => !units.has(code)));
  const shown = (unit: string, figures: AccountFigures): UnitAccounts => ({
    ...figures,
    unit,
    name: units.get(unit)?.name ?? schools.get(unit)?.name ?? null,
  });
  const total = shown(scope, whole.get(scope) ?? noAccounts);
  return {
    ...{ scope, from: weeks.from, to: addDays(weeks.to, 6), asOf: core.clock.now(), total },
    rows: [...below].map(([unit, figures]) => shown(unit, figures)),
    findings: judgeAccountReport(total, core.clock.today(), { province: '000000' }),
  };
};
