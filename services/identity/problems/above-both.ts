import type { UnitFact } from '#libs/contracts/events/organization.ts';
import type { ProblemCourse } from '#libs/law/identity/problem-course.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { HeldProblem } from './problem-rows.ts';

/** A unit and those above it, the lowest first. */
const lineOf = (units: ReadonlyMap<string, UnitFact>, code: string): string[] => {
  const line: string[] = [];
  for (let unit = units.get(code); unit !== undefined; unit = units.get(unit.parent ?? ''))
    line.push(unit.code);
  return line;
};

/**
 * The lowest unit that stands above both records of a duplicate, by the registry authorities of their schools: it alone
 * covers both (ORG-11, PRV-12). Across provinces that is the ministry. Null where an authority is unknown.
 */
const aboveBoth = (units: ReadonlyMap<string, UnitFact>, one: string, other: string): string | null => {
  const line = new Set(lineOf(units, other));
  return lineOf(units, one).find((code) => line.has(code)) ?? null;
};

/** Where the other record of a duplicate is kept: asked in a worker's transaction, as its place alone is used. */
export const schoolOf = async (tx: Tx, person: string): Promise<string | undefined> => {
  const [row] = await query<{ school: string }>(tx, 'select school from person where person_id = $1', [
    person,
  ]);
  return row?.school;
};

/**
 * Where a record stands, with who may act on it: the registry authority of the child's school, and of a duplicate who
 * stands above both.
 */
export const courseOf = async (
  { directory }: Pick<ServiceCore, 'directory'>,
  { state, turn, lastActor }: Pick<HeldProblem, 'state' | 'turn' | 'lastActor'>,
  school: string,
  otherSchool: string | undefined,
): Promise<ProblemCourse> => {
  const authority = (await directory.school(school))?.authority ?? '';
  const course = { state, turn, lastActor, authority, above: authority };
  const other = otherSchool === undefined ? undefined : await directory.school(otherSchool);
  if (other === undefined) return course;
  return { ...course, above: aboveBoth(await directory.units(), authority, other.authority) ?? authority };
};
