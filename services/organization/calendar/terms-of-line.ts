import { type EnteredTerms, type Term, termsAlong } from '#libs/law/organization/term-calendar.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import type { OrgTree } from '../tree/org-tree.ts';

/** The terms that hold along a line of units: of each school year those of the nearest that set any (ORG-28). */
export const readTerms = async (tx: Tx, tree: OrgTree): Promise<(line: readonly string[]) => Term[]> => {
  const rows = await query<EnteredTerms>(
    tx,
    'select region, school_year as "schoolYear", terms from term_calendar where region = any($1::text[])',
    [tree.units.map(({ code }) => code)],
  );
  return (line) => termsAlong(line, rows);
};
