/** A stream of pseudo-random numbers that a seed fixes for ever. Not for secrets. */
export type Random = {
  /** In [0, 1). */
  next(): number;
  /** Whole number in [min, max]. */
  between(min: number, max: number): number;
  /** True with the probability given. */
  chance(probability: number): boolean;
  /** One of the list; every entry equally likely. */
  pick<T>(list: readonly [T, ...T[]]): T;
};

const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
};

/** The stream (mulberry32) of a key; equal keys give equal streams, wherever and in whatever order they run. */
export function randomOf(...key: (string | number)[]): Random {
  let state = hash(key.join('/'));
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    between: (min, max) => min + Math.floor(next() * (max - min + 1)),
    chance: (probability) => next() < probability,
    pick: (list) => list[Math.floor(next() * list.length)] ?? list[0],
  };
}

/** Draws from weighted values; weights need not add up to anything. */
export function weighted<T>(entries: readonly (readonly [T, number])[]): (random: Random) => T {
  const values: T[] = [];
  const upTo: number[] = [];
  let total = 0;
  for (const [value, weight] of entries) {
    total += weight;
    values.push(value);
    upTo.push(total);
  }
  return (random) => {
    const wanted = random.next() * total;
    let low = 0;
    let high = upTo.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((upTo[middle] ?? total) > wanted) high = middle;
      else low = middle + 1;
    }
    const found = values[low];
    if (found === undefined) throw new RangeError('nothing to draw from');
    return found;
  };
}

/** A list known to hold something; throws RangeError when it does not. */
export function some<T>(list: readonly T[]): readonly [T, ...T[]] {
  const [first, ...others] = list;
  if (first === undefined) throw new RangeError('an empty list');
  return [first, ...others];
}

/** The characters of a text as a list to pick from. */
export const characters = (text: string): readonly [string, ...string[]] => some([...text]);
