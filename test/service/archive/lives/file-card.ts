/** What a clerk would keep on a card about one file: the oracle of random lives, told without the law's own functions. */
export type FileCard = {
  keeper: string;
  wanted: string | null;
  onItsWay: boolean;
  /** Units that have had the file in their care, under the name of whoever took their place. */
  had: Set<string>;
  /** What the file holds, oldest first. */
  entries: string[];
  /** How much it held when a unit last had it and somebody else waited for it, by the name that the unit had then. */
  stored: Map<string, number>;
};

export const newCard = (keeper: string): FileCard => ({
  ...{ keeper, wanted: null, onItsWay: false },
  ...{ had: new Set(), entries: ['REGISTERED'], stored: new Map() },
});

export const wantedAt = (card: FileCard, unit: string): void => {
  if (unit !== card.wanted) card.onItsWay = false;
  card.wanted = unit === card.keeper ? null : unit;
  if (card.wanted === null) card.onItsWay = false;
};

export const accepted = (card: FileCard): void => {
  if (card.wanted === null || !card.onItsWay) return;
  card.had.add(card.keeper);
  card.keeper = card.wanted;
  card.wanted = null;
  card.onItsWay = false;
};

/** A unit is no more, and another has taken its place. */
export const succeeded = (card: FileCard, unit: string, into: string): void => {
  if (card.had.delete(unit)) card.had.add(into);
  if (card.keeper === unit) card.keeper = into;
  if (card.wanted === unit) card.wanted = into;
  if (card.wanted === card.keeper) card.wanted = null;
  if (card.wanted === null) card.onItsWay = false;
};

/** Units beside the keeper that keep a copy. */
export const copiesOf = ({ had, keeper }: FileCard): string[] =>
  [...had].filter((unit) => unit !== keeper).sort();

/** Who has a file for which somebody waits keeps a copy of all that is in it by now. */
export const copied = (card: FileCard): void => {
  if (card.wanted !== null) card.stored.set(card.keeper, card.entries.length);
};
