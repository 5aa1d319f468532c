import type { FlowsQuery } from './generated/flows.ts';

type Table = NonNullable<FlowsQuery['moves']>;

/** How many pupils went from one unit or school to another, by their names. */
export type Move = { from: string; to: string; count: number };

/** More arrows than this are not told apart. */
const mostArrows = 30;

/** Moves by origin and destination, the most frequent first. */
export const movesOf = ({ rows }: Table): Move[] => {
  const nameIn = (keys: Table['rows'][number]['keys'], dimension: string): string => {
    const key = keys.find((each) => each.dimension === dimension);
    return key?.label ?? key?.value ?? '';
  };
  return rows
    .map(({ keys, count }) => ({ from: nameIn(keys, 'ORIGIN'), to: nameIn(keys, 'DESTINATION'), count }))
    .toSorted((one, other) => other.count - one.count);
};

/**
 * The most frequent moves as nodes and links of a Sankey diagram. Whoever is left and entered stands on both sides, so that
 * the diagram has no circles: names on the right end with a mark that is not shown.
 */
export const sankeyOf = (moves: readonly Move[]) => {
  const links = moves.slice(0, mostArrows).map(({ from, to, count }) => ({
    source: from,
    target: arrival(to),
    value: count,
  }));
  const names = new Set(links.flatMap(({ source, target }) => [source, target]));
  return { links, nodes: [...names].map((name) => ({ name })) };
};

const mark = '\u200b';
const arrival = (name: string): string => `${name}${mark}`;
