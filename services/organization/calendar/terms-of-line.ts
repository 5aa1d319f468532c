import type { Term } from '#libs/law/organization/term-calendar.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import type { OrgTree } from '../tree/org-tree.ts';
import { seasonOf, type Terms } from './terms.ts';

/** The terms that hold along a line of units: of each school year those of the nearest that set any (ORG-28). */
export const readTerms = async (tx: Tx, tree: OrgTree): Promise<(line: readonly string[]) => Term[]> => {
  const rows = await query<{ region: string; year: number; terms: Terms }>(
    tx,
    'select region, school_year as year, terms from term_calendar where region = any($1::text[])',
    [tree.units.map(({ code }) => code)],
  );
  const byYear = Map.groupBy(rows, ({ year }) => year);
  return (line) =>
    [...byYear].flatMap(([schoolYear, entered]) => {
      const nearest = line.find((code) => entered.some(({ region }) => region === code));
      const terms = entered.find(({ region }) => region === nearest)?.terms ?? [];
      return terms.map(
        ({ term, opensOn, closesOn }): Term => ({ schoolYear, season: seasonOf(term), opensOn, closesOn }),
      );
    });
};
