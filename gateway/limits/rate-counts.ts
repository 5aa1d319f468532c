/** What was counted in one window: here by key, and elsewhere by key and gateway. */
type Window = { own: Map<string, number>; others: Map<string, Map<string, number>> };

const empty = (): Window => ({ own: new Map(), others: new Map() });

/**
 * Counts by key in windows of the clock, own ones and those that other gateways tell. What counts at any moment is the
 * window that runs and, of the one before, the share that lies within one length of a window: so no limit is met twice
 * around the end of a window.
 */
export class RateCounts {
  readonly #length: number;
  readonly #now: () => number;
  #index: number;
  #current = empty();
  #before = empty();

  /** `length` in milliseconds; `now`: milliseconds of the clock that all gateways have. */
  constructor(length: number, now: () => number) {
    this.#length = length;
    this.#now = now;
    this.#index = Math.floor(now() / length);
  }

  /** Number of the window that runs. */
  get window(): number {
    this.#turn();
    return this.#index;
  }

  /** So many keys are counted here. */
  get size(): number {
    return this.#current.own.size;
  }

  knows(key: string): boolean {
    return this.#current.own.has(key);
  }

  /** Milliseconds until one more is within the limit; 0 where it is now. */
  wait(key: string, limit: number): number {
    this.#turn();
    const passed = this.#now() - this.#index * this.#length;
    const [current, before] = [sumOf(this.#current, key), sumOf(this.#before, key)];
    const left = limit - current - 1;
    const due = left >= 0 ? this.#fading(before, left) : this.#length + this.#fading(current, limit - 1);
    return Math.max(0, due - passed);
  }

  /** Counts one here; the result is the count of this gateway in this window. */
  add(key: string): number {
    this.#turn();
    const count = (this.#current.own.get(key) ?? 0) + 1;
    this.#current.own.set(key, count);
    return count;
  }

  /** Another gateway counted so many in a window, all in all; windows long past or to come are no matter. */
  hear(key: string, gateway: string, window: number, count: number): void {
    this.#turn();
    const { others } =
      window === this.#index ? this.#current : window === this.#index - 1 ? this.#before : empty();
    const told = others.get(key) ?? new Map<string, number>();
    told.set(gateway, Math.max(count, told.get(gateway) ?? 0));
    others.set(key, told);
  }

  /** So far into a window (milliseconds) no more than `most` count of what was counted in the one before it. */
  #fading(counted: number, most: number): number {
    return counted <= most ? 0 : Math.ceil((this.#length * (counted - most)) / counted);
  }

  #turn(): void {
    const index = Math.floor(this.#now() / this.#length);
    if (index <= this.#index) return;
    this.#before = index === this.#index + 1 ? this.#current : empty();
    this.#current = empty();
    this.#index = index;
  }
}

const sumOf = ({ own, others }: Window, key: string): number => {
  let sum = own.get(key) ?? 0;
  for (const count of others.get(key)?.values() ?? []) sum += count;
  return sum;
};
