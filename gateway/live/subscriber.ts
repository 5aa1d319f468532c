import type { ExecutionResult } from 'graphql';
import type { Caller } from '../http/caller.ts';

/** What one subscriber is sent. */
export type Update = {
  result: ExecutionResult;
  /** To go on from; undefined where the answer says nothing of what it covers. */
  position: string | undefined;
  /** How many events since the update before it covers. */
  events: number;
  /** It is not known how many: this is the present state. */
  gap: boolean;
};

/** Two updates as the newer of them. */
const merged = (older: Update, newer: Update): Update => ({
  ...newer,
  position: newer.position ?? older.position,
  events: older.events + newer.events,
  gap: older.gap || newer.gap,
});

export type SubscriberOptions = {
  caller: Caller;
  /** When the caller's token ends (milliseconds since 1970). */
  expiresAt: number;
  onCoalesced(): void;
  /** Called once, when nothing more is to be had of it. */
  onEnd(): void;
};

/**
 * One stream's end of a view. Holds one update at most: what is not fetched in time becomes one with what comes next, so
 * that a slow reader costs nothing. Read by one reader.
 */
export class Subscriber implements AsyncGenerator<Update, undefined, undefined> {
  readonly caller: Caller;
  readonly expiresAt: number;
  /** How many events of its view are covered by what it was sent. */
  counted = 0;
  /** Mark of the answer that it saw last; undefined before any. */
  seen: string | undefined;
  /** How many of the times at which its view lost count are behind what it was sent. */
  losses = 0;
  readonly #options: SubscriberOptions;
  readonly #over = Promise.withResolvers<void>();
  #pending: Update | undefined;
  #wake: () => void = () => undefined;
  #isOver = false;

  constructor(options: SubscriberOptions) {
    this.#options = options;
    this.caller = options.caller;
    this.expiresAt = options.expiresAt;
  }

  /** Resolves when nothing more is to be had of it but what it holds. */
  get over(): Promise<void> {
    return this.#over.promise;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  offer(update: Update): void {
    if (this.#isOver) return;
    if (this.#pending) this.#options.onCoalesced();
    this.#pending = this.#pending ? merged(this.#pending, update) : update;
    this.#wake();
  }

  /** Nothing follows what was offered. */
  finish(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#wake();
    this.#over.resolve();
    this.#options.onEnd();
  }

  /** Ends with this result; what was offered and not fetched is never sent. */
  fail(result: ExecutionResult): void {
    if (this.#isOver) return;
    this.#pending = { result, position: undefined, events: 0, gap: false };
    this.finish();
  }

  async next(): Promise<IteratorResult<Update, undefined>> {
    if (!this.#pending && !this.#isOver) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const value = this.#pending;
    this.#pending = undefined;
    return value ? { value, done: false } : { value: undefined, done: true };
  }

  /** The reader leaves. */
  async return(): Promise<IteratorResult<Update, undefined>> {
    this.#pending = undefined;
    this.finish();
    return { value: undefined, done: true };
  }

  async throw(error: unknown): Promise<IteratorResult<Update, undefined>> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }
}
