/** A row of the outbox as the relay sees it. */
export type Waiting = { aggregate: string; version: number };

/**
 * Chooses the rows that may get the next numbers: a row whose predecessor version is in the log or chosen before it.
 * `logged` tells the highest version in the log for each aggregate (absent: none).
 *
 * Commits become visible out of order; a row whose predecessor is not yet visible waits for the next round, and one
 * that comes before its predecessor in the given order is chosen right after it.
 */
export const chooseForLog = <Row extends Waiting>(
  waiting: readonly Row[],
  logged: ReadonlyMap<string, number>,
): Row[] => {
  const reached = new Map(logged);
  const chosen: Row[] = [];
  const held = new Map<string, Map<number, Row>>();

  const hold = (row: Row): void => {
    const versions = held.get(row.aggregate) ?? new Map<number, Row>();
    held.set(row.aggregate, versions.set(row.version, row));
  };

  for (const row of waiting) {
    if (row.version !== (reached.get(row.aggregate) ?? 0) + 1) {
      hold(row);
      continue;
    }
    const followers = held.get(row.aggregate);
    for (let next: Row | undefined = row; next !== undefined; next = followers?.get(next.version + 1)) {
      chosen.push(next);
      reached.set(next.aggregate, next.version);
    }
  }
  return chosen;
};
