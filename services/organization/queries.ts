import type { FilterQuery, MikroORM } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { emptyScope, inScope } from '#libs/platform/database/scope.ts';
import { School, Unit } from './entities.ts';
import type { UnitLevel } from './tree/org-unit.ts';

/** Reads of one operation, batched. Nothing here is personal data, so no scope narrows them. */
export type Registry = {
  unit: DataLoader<string, Unit | null>;
  /** Units directly below, by code. */
  children: DataLoader<string, Unit[]>;
  /** Schools in being of which the unit is registry authority. */
  schoolCount: DataLoader<string, number>;
  school: DataLoader<string, School | null>;
  /** The unit and those above it, nearest first; empty for a code that no unit has. */
  line(code: string): Promise<Unit[]>;
  unitsOf(filter: { level?: UnitLevel; parent?: string }): Promise<Unit[]>;
};

const options = { maxBatchSize: 500 };

export const createRegistry = (orm: MikroORM): Registry => {
  const read = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inScope(orm, emptyScope, work);
  const units = (where: FilterQuery<Unit>) =>
    read((tx) => tx.find(Unit, where, { orderBy: { code: 'asc' } }));

  const unit = new DataLoader<string, Unit | null>(async (codes) => {
    const byCode = new Map((await units({ code: { $in: [...codes] } })).map((row) => [row.code, row]));
    return codes.map((code) => byCode.get(code) ?? null);
  }, options);

  return {
    unit,
    children: new DataLoader(async (codes) => {
      const below = Map.groupBy(await units({ parent: { $in: [...codes] } }), (row) => row.parent ?? '');
      return codes.map((code) => below.get(code) ?? []);
    }, options),
    schoolCount: new DataLoader(async (codes) => {
      const rows = await read((tx) =>
        query<{ authority: string; schools: string }>(
          tx,
          `select authority, count(*) as schools from school
           where authority = any($1::text[]) and state = 'ACTIVE' group by authority`,
          [codes],
        ),
      );
      const counts = new Map(rows.map((row) => [row.authority, Number(row.schools)]));
      return codes.map((code) => counts.get(code) ?? 0);
    }, options),
    school: new DataLoader(async (codes) => {
      const rows = await read((tx) => tx.find(School, { code: { $in: [...codes] } }));
      const byCode = new Map(rows.map((row) => [row.code, row]));
      return codes.map((code) => byCode.get(code) ?? null);
    }, options),
    line: async (code) => {
      const start = await unit.load(code);
      if (start === null) return [];
      const above = await units({ lo: { $lte: start.lo }, hi: { $gte: start.hi } });
      return above.toSorted((a, b) => a.hi - a.lo - (b.hi - b.lo));
    },
    unitsOf: async ({ level, parent }) => {
      const top = await unit.load(parent ?? '000000');
      if (top === null) return [];
      if (level === undefined) return units({ parent: top.code });
      const below = await units({ level, lo: { $gte: top.lo }, hi: { $lte: top.hi } });
      return parent === undefined ? below : below.filter(({ code }) => code !== parent);
    },
  };
};

/** What a non-null field names must be there: a unit or school that a row of ours refers to. */
export const required = async <T>(found: Promise<T | null>): Promise<T> => {
  const value = await found;
  if (value === null) throw new Error('A row names a unit that is not there');
  return value;
};
