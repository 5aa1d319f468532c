import type { MikroORM } from '@mikro-orm/postgresql';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { query } from '#libs/platform/database/query.ts';
import { emptyScope, inScope } from '#libs/platform/database/scope.ts';
import {
  type Connection,
  connectionOf,
  type PageArguments,
  pageSize,
  readCursor,
} from '#libs/platform/subgraph/connection.ts';
import { School } from './entities.ts';
import type { Registry } from './queries.ts';
import { MINISTRY } from './tree/org-unit.ts';

/** Which schools; null and absent mean any. */
export type SchoolFilter = {
  name?: string | null;
  kind?: string | null;
  unit?: string | null;
  state?: string | null;
  stage?: string | null;
};

type Range = { lo: number; hi: number };

/**
 * The part of the tree whose schools a caller lists: the ministry's is the nation, an authority's its own range, a
 * school's the school itself; nobody else has one. Schools are no personal data: this is about work, not secrecy.
 */
const rangeOf = async (actor: Actor, registry: Registry): Promise<Range | null> => {
  if (actor.level === 'NONE') return null;
  if (actor.level === 'MINISTRY') return registry.unit.load(MINISTRY);
  if (actor.level !== 'SCHOOL') return actor.unit === undefined ? null : registry.unit.load(actor.unit);
  const school = actor.school === undefined ? null : await registry.school.load(actor.school);
  return school && { lo: school.place, hi: school.place };
};

const narrowed = async (
  range: Range,
  unit: string | null | undefined,
  registry: Registry,
): Promise<Range | null> => {
  if (unit === null || unit === undefined) return range;
  const asked = await registry.unit.load(unit);
  return asked && { lo: Math.max(range.lo, asked.lo), hi: Math.min(range.hi, asked.hi) };
};

export type SchoolList = { orm: MikroORM; actor: Actor; registry: Registry };

/** Schools in the caller's jurisdiction, in the order of the tree. */
export const listSchools = async (
  { orm, actor, registry }: SchoolList,
  filter: SchoolFilter | null | undefined,
  page: PageArguments,
): Promise<Connection<School>> => {
  const size = pageSize(page.first);
  const after = readCursor(page.after, 1);
  const own = await rangeOf(actor, registry);
  const range = own && (await narrowed(own, filter?.unit, registry));
  const rows = range === null ? [] : await schoolsIn(orm, range, filter ?? {}, after?.[0], size + 1);
  return connectionOf(
    rows,
    size,
    page.after,
    (school) => [school.place],
    (school) => school,
  );
};

const schoolsIn = (
  orm: MikroORM,
  { lo, hi }: Range,
  { name, kind, state, stage }: SchoolFilter,
  after: string | number | undefined,
  limit: number,
): Promise<School[]> =>
  inScope(orm, emptyScope, async (tx) => {
    const rows = await query<{ code: string }>(
      tx,
      `select code from school
       where place between $1 and $2 and ($3::bigint is null or place > $3)
         and ($4::text is null or strpos(name, $4) > 0) and ($5::text is null or kind = $5)
         and ($6::text is null or state = $6)
         and ($7::text is null or stages @> jsonb_build_array(jsonb_build_object('stage', $7::text)))
       order by place limit $8`,
      [lo, hi, after ?? null, name ?? null, kind ?? null, state ?? null, stage ?? null, limit],
    );
    const codes = rows.map((row) => row.code);
    return tx.find(School, { code: { $in: codes } }, { orderBy: { place: 'asc' } });
  });
