import { enforces } from '#libs/law/enforces.ts';
import type { Finding } from '#libs/law/finding.ts';
import { judgeCountyTermCheck } from '#libs/law/statistics/term-check.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import {
  type Connection,
  connectionOf,
  type PageArguments,
  pageSize,
  readCursor,
} from '#libs/platform/subgraph/connection.ts';
import type { PlaceRange } from '../stock/blocks.ts';
import { coveredScope } from '../table/covered-scope.ts';
import { levelBelow, wholeOf } from '../table/parts.ts';
import {
  type CheckState,
  type CountyCheck,
  lawOfUnit,
  type TermCheck,
  type TermOfYear,
  termAsked,
} from './term.ts';
import { readTermFigures, type TermFigures } from './term-figures.ts';
import { checkOfCounty, checkOfSchool, checksWhere } from './term-rows.ts';

export type UnitTermFigures = TermFigures & { unit: string; name: string | null };

/** How the checks of a term stand in a scope. */
export type TermCheckReport = {
  scope: string;
  term: TermOfYear;
  asOf: string;
  range: PlaceRange;
  own: PlaceRange & { code: string };
  total: UnitTermFigures;
  rows: UnitTermFigures[];
  county: CountyCheck | null;
  findings: Finding[];
};

type Asked = { scope?: string | null; schoolYear: number; term: number };

const within = ({ lo, hi }: PlaceRange) => ({ lo, hi, persons: [] });

/** What is on record of a county itself that was to check the term (STA-04). */
const judgeCounty = async (core: ServiceCore, county: CountyCheck | undefined): Promise<Finding[]> => {
  const units = await core.directory.units();
  const unit = county && units.get(county.county);
  if (county === undefined || unit === undefined || county.closesOn === null) return [];
  const { closesOn, checkedOn } = county;
  return judgeCountyTermCheck({ closesOn, checkedOn }, core.clock.today(), lawOfUnit(unit, units));
};

/**
 * How the checks of a term stand, of a unit and of each unit one level below (STA-03, STA-04). Throws OUT_OF_JURISDICTION for
 * a scope that is not the caller's own (PRV-12).
 */
export const termCheckReport = async (
  core: ServiceCore,
  caller: Actor | null,
  asked: Asked,
): Promise<TermCheckReport> => {
  enforces('STA-03', 'STA-04');
  const actor = authorize(caller, 'statistics.read');
  const term = termAsked(asked);
  const { scope, range, own } = await coveredScope(core, actor, asked.scope ?? undefined);
  const home = await core.directory.workplaceOf(actor);
  if (home === undefined) throw outOfJurisdiction();
  const units = await core.directory.units();
  const { whole, below, county } = await inScope(core.app, within(own), async (tx) => ({
    whole: await readTermFigures(tx, term, wholeOf(scope, range)),
    below: await readTermFigures(tx, term, levelBelow(scope, range, units.values())),
    county: await checkOfCounty(tx, scope, term),
  }));
  const school = units.has(scope) ? undefined : await core.directory.school(scope);
  const rows = (figures: ReadonlyMap<string, TermFigures>): UnitTermFigures[] =>
    [...figures].map(([unit, each]) => ({
      ...each,
      unit,
      name: units.get(unit)?.name ?? school?.name ?? null,
    }));
  const [total] = rows(whole);
  if (total === undefined) throw new Error('A scope without figures');
  return {
    ...{ scope, term, range, total, rows: rows(below), asOf: core.clock.now() },
    own: { ...own, code: home.code },
    county: county ?? null,
    findings: await judgeCounty(core, county),
  };
};

/** Whether single checks are the caller's to see: the school's own, and those of its registry authority (scopes, section 2). */
const isOfCaller = ({ school, authority }: TermCheck, code: string): boolean =>
  school === code || authority === code;

/** Checks of the schools of a report that are the caller's own or lie under it as registry authority, in the order of the tree. */
export const checksOf = async (
  core: ServiceCore,
  { term, range, own }: TermCheckReport,
  { state, ...page }: PageArguments & { state?: CheckState | null },
): Promise<Connection<TermCheck>> => {
  const size = pageSize(page.first);
  const after = readCursor(page.after, 1);
  const rows = await inScope(core.app, within(own), (tx) =>
    checksWhere(
      tx,
      `school_year = $1 and term = $2 and place between $3 and $4 and place > $5 and (authority = $6 or school = $6)
         and ($7::text is null or state = $7) order by place limit $8`,
      [
        ...[term.schoolYear, term.term, range.lo, range.hi, after?.[0] ?? -1, own.code, state ?? null],
        size + 1,
      ],
    ),
  );
  return connectionOf(
    rows,
    size,
    page.after,
    ({ place }) => [place],
    (check) => check,
  );
};

/** A school's check of a term; null while it has not opened. Throws OUT_OF_JURISDICTION for another's. */
export const termCheck = async (
  core: ServiceCore,
  caller: Actor | null,
  asked: { school?: string | null; schoolYear: number; term: number },
): Promise<TermCheck | null> => {
  const actor = authorize(caller, 'statistics.read');
  const { scope, own } = await coveredScope(core, actor, asked.school ?? undefined);
  const home = await core.directory.workplaceOf(actor);
  const school = await core.directory.school(scope);
  if (school === undefined || home === undefined) throw outOfJurisdiction();
  if (school.code !== home.code && school.authority !== home.code) throw outOfJurisdiction();
  const found = await inScope(core.app, within(own), (tx: Tx) => checkOfSchool(tx, scope, termAsked(asked)));
  return found !== undefined && isOfCaller(found, home.code) ? found : null;
};
