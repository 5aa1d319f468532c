/** Something that the law says at a place on a day. */
type Said = { id: string };

/** What is said here and what there under one id; undefined where nothing is. */
export type Difference<Item extends Said> = { id: string; here?: Item; there?: Item };

/** What is said on one side alone, or otherwise on the other, in the order of the first side and then of the second. */
export const differencesOf = <Item extends Said>(
  here: readonly Item[],
  there: readonly Item[],
  partsOf: (item: Item) => unknown,
): Difference<Item>[] => {
  const hereById = new Map(here.map((item) => [item.id, item]));
  const thereById = new Map(there.map((item) => [item.id, item]));
  const ids = [...new Set([...hereById.keys(), ...thereById.keys()])];
  const text = (item: Item | undefined): string => JSON.stringify(item && partsOf(item)) ?? '';
  return ids
    .map((id) => ({ id, here: hereById.get(id), there: thereById.get(id) }))
    .filter((pair) => text(pair.here) !== text(pair.there));
};
