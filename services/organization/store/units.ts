import { UnitsSet } from '#libs/contracts/events/organization.ts';
import { insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { indexTree, type OrgTree } from '../tree/org-tree.ts';
import type { OrgUnit } from '../tree/org-unit.ts';

/** Most units that one event carries. */
const UNITS_OF_EVENT = 500;

const columns = `u.code, u.name, u.level, u.parent, u.lo, u.hi, u.province, u.gbt2260`;

type UnitRow = Omit<OrgUnit, 'lo' | 'hi'> & { lo: string; hi: string };

const unitOfRow = (row: UnitRow): OrgUnit => ({ ...row, lo: Number(row.lo), hi: Number(row.hi) });

/** Every unit; some 3,300. */
export const wholeTree = async (tx: Tx): Promise<OrgTree> =>
  indexTree((await query<UnitRow>(tx, `select ${columns} from org_unit u`)).map(unitOfRow));

/** The named units with everything above them: what a decision about them asks of the tree. */
export const treeAround = async (tx: Tx, codes: readonly string[]): Promise<OrgTree> => {
  const rows = await query<UnitRow>(
    tx,
    `select distinct ${columns} from org_unit below join org_unit u on u.lo <= below.lo and u.hi >= below.hi
     where below.code = any($1::text[])`,
    [codes],
  );
  return indexTree(rows.map(unitOfRow));
};

/** Whether other units stand directly below. */
export const hasChildren = async (tx: Tx, code: string): Promise<boolean> =>
  (await query(tx, 'select 1 from org_unit where parent = $1 limit 1', [code])).length > 0;

/**
 * Writes units of one province and tells of them: aggregate `units:<province>`, at most 500 units an event.
 * `version` is the aggregate's version before; returns the one after.
 */
export const saveUnits = async (
  tx: Tx,
  province: string,
  units: readonly OrgUnit[],
  version: number,
  at: string,
): Promise<number> => {
  const chunks = Array.from({ length: Math.ceil(units.length / UNITS_OF_EVENT) }, (_, nth) =>
    units.slice(nth * UNITS_OF_EVENT, (nth + 1) * UNITS_OF_EVENT),
  );
  for (const [nth, chunk] of chunks.entries()) await upsertUnits(tx, chunk, version + nth + 1);
  await recordEvents(
    tx,
    at,
    chunks.map((chunk, nth) =>
      recorded(UnitsSet, `units:${province}`, version + nth + 1, {
        units: chunk.map(({ gbt2260: _, ...fact }) => fact),
      }),
    ),
  );
  return version + chunks.length;
};

const upsertUnits = (tx: Tx, units: readonly OrgUnit[], version: number): Promise<never[]> =>
  insertRows(
    tx,
    'org_unit',
    [
      ['code', 'text'],
      ['name', 'text'],
      ['level', 'text'],
      ['parent', 'text'],
      ['lo', 'bigint'],
      ['hi', 'bigint'],
      ['province', 'text'],
      ['gbt2260', 'boolean'],
      ['version', 'int'],
    ],
    units.map((unit) => [
      unit.code,
      unit.name,
      unit.level,
      unit.parent,
      unit.lo,
      unit.hi,
      unit.province,
      unit.gbt2260,
      version,
    ]),
    `on conflict (code) do update set name = excluded.name, level = excluded.level, parent = excluded.parent,
       lo = excluded.lo, hi = excluded.hi, province = excluded.province, gbt2260 = excluded.gbt2260,
       version = excluded.version`,
  );

/** Versions of the aggregates `units:<province>`. */
export const unitVersions = async (tx: Tx): Promise<Map<string, number>> => {
  const rows = await query<{ province: string; version: number }>(
    tx,
    'select province, max(version) as version from org_unit group by province',
  );
  return new Map(rows.map((row) => [row.province, row.version]));
};
