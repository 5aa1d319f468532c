/** What says that a row is one of a single place in a range. */
export const IN_RANGE = 'place between range.lo and range.hi and width = 1';

/**
 * SQL after `from`: rows of single places (a school, or a unit's own slot) in ranges of the tree, as `cell`; `rows` selects
 * them where IN_RANGE. The ranges are two arrays of bigint, first and last places, bound to the parameters `$first` and the
 * next. Most ranges hold nobody: `offset 0` lets each be looked up by its places, where the planner would read the
 * whole table once for all of them.
 */
export const singlesOf = (rows: string, first: number): string => `
  unnest($${first}::bigint[], $${first + 1}::bigint[]) as range (lo, hi) cross join lateral (${rows} offset 0) as cell`;

/** As `singlesOf`: the rows of a table, `cell` in the condition as well. */
export const singlesIn = (table: string, first: number, condition = 'true'): string =>
  singlesOf(`select * from ${table} as cell where ${IN_RANGE} and (${condition})`, first);
