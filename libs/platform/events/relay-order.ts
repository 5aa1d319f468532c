/** A row of the outbox as the relay sees it. */
export type Waiting = { aggregate: string; version: number };

/**
 * Chooses, in the given order, the rows that may get the next numbers: a row whose predecessor version is in the
 * log or chosen before it. `logged` tells the highest version in the log for each aggregate (absent: none).
 *
 * Commits become visible out of order; a row whose predecessor is not yet visible waits for the next round.
 */
export const chooseForLog = <Row extends Waiting>(
  waiting: readonly Row[],
  logged: ReadonlyMap<string, number>,
): Row[] => {
  const reached = new Map(logged);
  const chosen: Row[] = [];
  const held = new Map<string, Row[]>();
  const take = (row: Row): void => {
    chosen.push(row);
    reached.set(row.aggregate, row.version);
    const next = held.get(row.aggregate)?.find((candidate) => candidate.version === row.version + 1);
    if (next) take(next);
  };
  for (const row of waiting) {
    if (row.version === (reached.get(row.aggregate) ?? 0) + 1) take(row);
    else held.set(row.aggregate, [...(held.get(row.aggregate) ?? []), row]);
  }
  return chosen;
};
