/** A count as everybody may see it: as it is, rounded to a multiple, or not at all. */
export type Shown = { count: number | null; roundedTo: number | null };

/** Whether a count goes up or down in another population that must look the same. */
export type Sign = 1 | -1;

/** Multiples of the threshold that counts are rounded to. */
const STEPS = [2, 5, 10, 20, 50, 100, 200, 500, 1_000] as const;

/** How much more the total of a unit or stage is worth than one of its parts. */
const TOTAL_WEIGHT = 20;

const rounded = (count: number, base: number): number => Math.floor((count + base / 2) / base) * base;

/** What each kind of publication costs the reader: a rounded count its last digits, a hidden one the more the larger it is. */
const lossOf = (count: number, { count: told, roundedTo }: Shown): number => {
  if (told === null) return 1 + Math.log2(1 + count);
  return roundedTo === null ? 0 : 0.1 + roundedTo / count;
};

/**
 * How every count of a publication is shown. It begins with all that are under the threshold hidden; a count that has to look
 * the same with a threshold's worth of pupils more or fewer is rounded so far that it does, or hidden where that would leave
 * nothing of it.
 */
export class Pattern {
  readonly #counts: ReadonlyMap<string, number>;
  readonly #threshold: number;
  readonly #totals: ReadonlySet<string>;
  readonly #bears = new Map<string, ReadonlySet<Sign>>();

  /** @param totals what readers need most: the last of all to be rounded or hidden */
  constructor(counts: ReadonlyMap<string, number>, threshold: number, totals: ReadonlySet<string>) {
    this.#counts = counts;
    this.#threshold = threshold;
    this.#totals = totals;
  }

  isSmall(name: string): boolean {
    return this.#count(name) < this.#threshold;
  }

  shown(name: string): Shown {
    return this.#shownBearing(name, this.#bears.get(name) ?? new Set());
  }

  /** What it costs more that the count bears this as well; infinite where there are not so many pupils to take away. */
  cost(name: string, sign: Sign): number {
    const count = this.#count(name);
    if (sign === -1 && count < this.#threshold) return Number.POSITIVE_INFINITY;
    const borne = this.#bears.get(name) ?? new Set<Sign>();
    if (borne.has(sign) || count < this.#threshold) return 0;
    const more = this.#shownBearing(name, new Set([...borne, sign]));
    const loss = lossOf(count, more) - lossOf(count, this.#shownBearing(name, borne));
    return this.#totals.has(name) ? TOTAL_WEIGHT * loss : loss;
  }

  bear(name: string, sign: Sign): void {
    this.#bears.set(name, new Set([...(this.#bears.get(name) ?? []), sign]));
  }

  #count(name: string): number {
    const count = this.#counts.get(name);
    if (count === undefined) throw new RangeError('a published cell without a count');
    return count;
  }

  #shownBearing(name: string, borne: ReadonlySet<Sign>): Shown {
    const count = this.#count(name);
    if (count < this.#threshold) return { count: null, roundedTo: null };
    if (borne.size === 0) return { count, roundedTo: null };
    const base = STEPS.map((step) => step * this.#threshold).find(
      (candidate) =>
        2 * candidate <= count &&
        [...borne].every(
          (sign) => rounded(count + sign * this.#threshold, candidate) === rounded(count, candidate),
        ),
    );
    return base === undefined
      ? { count: null, roundedTo: null }
      : { count: rounded(count, base), roundedTo: base };
  }
}
