import { daysBetween } from '#libs/law/dates.ts';
import { enforces } from '#libs/law/enforces.ts';
import type { Finding } from '#libs/law/finding.ts';
import { judgeAccountReport } from '#libs/law/statistics/account-report.ts';
import {
  judgeBlockedRefusals,
  judgeUndecided,
  judgeUntold,
  monthOf,
} from '#libs/law/statistics/timeliness.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { asWorker, inScope, type Scope } from '#libs/platform/database/scope.ts';
import type { Directory } from '#libs/platform/directory/directory.ts';
import { badInput, outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Connection, PageArguments } from '#libs/platform/subgraph/connection.ts';
import type { UnitAccounts } from '../accounts/account-use.ts';
import { noAccounts } from '../accounts/figures.ts';
import type { PlaceRange } from '../stock/blocks.ts';
import { coveredScope } from '../table/covered-scope.ts';
import { levelBelow, wholeOf } from '../table/parts.ts';
import { accountsIn } from './account-part.ts';
import { type Figures, noFigures, readFigures, type UnitFigures } from './figures.ts';
import { namedUnits } from './named-units.ts';
import { type OverdueStep, overdueSteps } from './overdue-list.ts';
import { type UntoldUnit, untoldUnits } from './untold-units.ts';
import { type Version, versionOf } from './version.ts';

/** Figures as they leave, with the name of their unit. */
export type ShownFigures = Figures & { unit: string; name: string | null; longestDaysLate: number | null };

/** A step as it stands on the board, with what the law says of it. */
export type ShownStep = OverdueStep & { name: string | null; daysLate: number; finding: Finding };

/** A unit whose calendar is missing, with what the law says of it. */
export type ShownUntold = UntoldUnit & { name: string | null; finding: Finding };

/** The report of a month on a unit and everything below it. */
export type TimelinessReport = {
  scope: string;
  range: PlaceRange;
  version: Version;
  asOf: string;
  total: ShownFigures;
  rows: ShownFigures[];
  accounts: UnitAccounts;
  findings: Finding[];
};

const NATION = { province: '000000' };

const namesOf = async (directory: Directory, codes: readonly string[]) => {
  const units = await directory.units();
  const schools = await directory.schoolsOf(codes.filter((code) => !units.has(code)));
  return (code: string): string | null => units.get(code)?.name ?? schools.get(code)?.name ?? null;
};

/** Days are counted to today while a report runs, and to the end of its month once it is issued. */
const countedTo = (core: Pick<ServiceCore, 'clock'>, { kind, lastDay }: Version): string => {
  const today = core.clock.today();
  return kind === 'ISSUED' || lastDay < today ? lastDay : today;
};

const shownBy =
  (core: ServiceCore, version: Version, nameOf: (code: string) => string | null) =>
  (figures: UnitFigures): ShownFigures => ({
    ...figures,
    name: nameOf(figures.unit),
    longestDaysLate:
      figures.oldestDueOn === null ? null : daysBetween(figures.oldestDueOn, countedTo(core, version)),
  });

/** The own range as a scope: figures of units are nobody's personal data. */
const within = (range: PlaceRange): Scope => ({ lo: range.lo, hi: range.hi, persons: [] });

/**
 * Steps that units decided in time, those that they did not, and refusals that were blocked, in a month (STA-01, STA-10,
 * STA-11): as it was issued, or as it runs until then. Throws BAD_USER_INPUT for a month to come, OUT_OF_JURISDICTION for a
 * scope that is not the caller's own.
 */
export const timelinessReport = async (
  core: ServiceCore,
  caller: Actor | null,
  asked: { month: string; scope?: string | null },
): Promise<TimelinessReport> => {
  enforces('STA-01', 'STA-02', 'STA-10', 'STA-11');
  const actor = authorize(caller, 'statistics.read');
  const today = core.clock.today();
  if (asked.month > monthOf(today)) {
    throw badInput([
      { path: ['month'], code: 'MONTH_TO_COME', message: '该月尚未开始。 That month has not begun.' },
    ]);
  }
  const { scope, range, own } = await coveredScope(core, actor, asked.scope ?? undefined);
  const { version, total, rows, accounts } = await inScope(core.app, within(own), async (tx) => {
    const read = await versionOf(tx, asked.month);
    const whole = await readFigures(tx, read, wholeOf(scope, range));
    const below = levelBelow(scope, range, (await core.directory.units()).values());
    return {
      ...{ version: read, total: whole[0], rows: await readFigures(tx, read, below) },
      accounts: await accountsIn(tx, read, wholeOf(scope, range)),
    };
  });
  const nameOf = await namesOf(core.directory, [scope, ...rows.map(({ unit }) => unit)]);
  const shown = shownBy(core, version, nameOf);
  const figures = shown(total ?? { unit: scope, ...noFigures });
  const ofAccounts = { ...(accounts.get(scope) ?? noAccounts), unit: scope, name: nameOf(scope) };
  return {
    ...{ scope, range, version, total: figures, rows: rows.map(shown) },
    asOf: version.issuedAt ?? core.clock.now(),
    accounts: ofAccounts,
    findings: [
      ...judgeBlockedRefusals(figures.blockedRefusals, countedTo(core, version), NATION),
      ...judgeAccountReport(ofAccounts, countedTo(core, version), NATION),
    ],
  };
};

/** The units of a report that nobody can tell to be late, because their calendar is missing. */
export const unitsUntold = async (
  core: ServiceCore,
  { range, version }: TimelinessReport,
  page: PageArguments,
): Promise<Connection<ShownUntold>> => {
  const today = countedTo(core, version);
  // Counts of units alone leave, of the range that the caller was let see: who may read the cases is another matter.
  const found = await asWorker(core.worker, (tx) => untoldUnits(tx, version, today, range, page));
  const nameOf = await namesOf(
    core.directory,
    found.edges.map(({ node }) => node.unit),
  );
  return {
    ...found,
    edges: found.edges.flatMap(({ cursor, node }) =>
      judgeUntold(node.steps, today, NATION).map((finding) => ({
        cursor,
        node: { ...node, name: nameOf(node.unit), finding },
      })),
    ),
  };
};

/** The schools and authorities that a report names. */
export const unitsNamed = async (
  core: ServiceCore,
  { range, version }: TimelinessReport,
  page: PageArguments,
): Promise<Connection<ShownFigures>> => {
  const found = await inScope(core.app, within(range), (tx) => namedUnits(tx, version, range, page));
  const nameOf = await namesOf(
    core.directory,
    found.edges.map(({ node }) => node.unit),
  );
  const shown = shownBy(core, version, nameOf);
  return { ...found, edges: found.edges.map(({ cursor, node }) => ({ cursor, node: shown(node) })) };
};

/** The board: the steps of a report that are late and not decided, for those who may read their cases (STA-10). */
export const stepsOverdue = async (
  core: ServiceCore,
  caller: Actor | null,
  { range, version }: TimelinessReport,
  page: PageArguments,
): Promise<Connection<ShownStep>> => {
  const actor = authorize(caller, 'transfer.read');
  const scope = await core.directory.scopeOf(actor);
  if (range.lo < scope.lo || range.hi > scope.hi) throw outOfJurisdiction();
  const found = await inScope(core.app, scope, (tx) => overdueSteps(tx, version, range, page));
  const nameOf = await namesOf(
    core.directory,
    found.edges.map(({ node }) => node.unit),
  );
  const today = countedTo(core, version);
  return {
    ...found,
    edges: found.edges.flatMap(({ cursor, node }) => {
      const clock = { dueDate: node.reportDueOn, provisional: false, today };
      return judgeUndecided(clock, NATION).map((finding) => ({
        cursor,
        node: { ...node, name: nameOf(node.unit), daysLate: daysBetween(node.reportDueOn, today), finding },
      }));
    }),
  };
};
