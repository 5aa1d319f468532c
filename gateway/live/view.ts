import { setTimeout as delay } from 'node:timers/promises';
import type { ExecutionResult } from 'graphql';
import type { LogHead } from '#libs/platform/events/log.ts';
import type { Caller } from '../http/caller.ts';
import { createBell } from './bell.ts';
import type { Watcher } from './changes.ts';
import { markOf, type Position, writePosition } from './position.ts';
import { stateKey } from './rewrite.ts';
import type { Subscriber } from './subscriber.ts';

/** Time for streams, in milliseconds. `wait` ends early, without an error, when the signal goes off. */
export type LiveTime = { wait(milliseconds: number, signal: AbortSignal): Promise<void> };

export const realTime: LiveTime = {
  wait: (milliseconds, signal) =>
    delay(milliseconds, undefined, { signal, ref: false }).catch(() => undefined),
};

/** At most five answers a second. */
export const shortestPause = 200;
/** Signals can be lost: where nothing else tells of changes, the query is run again after so long. */
export const longestPause = 5_000;

export type ViewParts = {
  /** Runs the query once more, in the name of one of those who watch. */
  run(caller: Caller, ended: AbortSignal): Promise<ExecutionResult>;
  /** Throws where the caller may not go on. */
  check(caller: Caller): Promise<unknown>;
  /** What a caller is told of a failure. */
  failed(error: unknown): ExecutionResult;
  /** How far events have been heard of. */
  place(): LogHead | undefined;
  /** True where events tell of changes, so that nobody has to look of their own accord. */
  hasEvents: boolean;
  key: string;
  ends: readonly string[];
  time: LiveTime;
  onRun(readers: number): void;
  /** Called when the last of its subscribers has gone. */
  onEmpty(): void;
};

/** What an answer certainly covers: what was known of events when the query began to run. */
type Covered = { place: LogHead | undefined; count: number; losses: number };

type Row = Record<string, unknown> | null | undefined;

/** Takes the state out of an answer and tells whether anything can follow it. */
const settle = (answer: ExecutionResult, key: string, ends: readonly string[]) => {
  const row = answer.data?.[key] as Row;
  if (!row) return { isFinal: true, isSeen: false, result: answer };
  const { [stateKey]: state, ...shown } = row;
  const result: ExecutionResult = { ...answer, data: { ...answer.data, [key]: shown } };
  return { isFinal: ends.includes(String(state)), isSeen: true, result };
};

/**
 * One live query of one caller, however many of the caller's streams show it: run once for all of them at the start and
 * after changes, until its state is final or nothing is to be seen. Events and signals only wake; what is sent is what
 * the query answers at that moment, with the place in the events that it certainly covers.
 */
export class View implements Watcher {
  readonly #parts: ViewParts;
  readonly #subscribers = new Set<Subscriber>();
  readonly #bell = createBell();
  readonly #ended = new AbortController();
  #count = 0;
  #losses = 0;
  #isRunning = false;

  constructor(parts: ViewParts) {
    this.#parts = parts;
  }

  event(): void {
    this.#count++;
    this.#bell.ring();
  }

  hint(): void {
    this.#bell.ring('softly');
  }

  lost(): void {
    this.#losses++;
    this.#bell.ring();
  }

  /** @param missed events since the position, where the subscriber comes back with one; undefined where not known */
  join(subscriber: Subscriber, position?: Position, missed?: number): void {
    subscriber.counted = this.#count - (missed ?? 0);
    subscriber.seen = position?.seen;
    const isGap = position !== undefined && this.#parts.hasEvents && missed === undefined;
    subscriber.losses = this.#losses - (isGap ? 1 : 0);
    this.#subscribers.add(subscriber);
    this.#bell.ring();
    if (!this.#isRunning) void this.#work();
  }

  leave(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber);
    if (this.#subscribers.size > 0) return;
    this.#ended.abort();
    this.#bell.ring();
    this.#parts.onEmpty();
  }

  async #work(): Promise<void> {
    const { time, hasEvents } = this.#parts;
    this.#isRunning = true;
    const ended = this.#ended.signal;
    while (!ended.aborted) {
      this.#bell.reset();
      await this.#runOnce(ended);
      if (ended.aborted) return;
      await time.wait(shortestPause, ended);
      const rung = await this.#bell.rung(hasEvents ? undefined : (over) => time.wait(longestPause, over));
      if (rung === 'softly' && hasEvents && !ended.aborted) await time.wait(shortestPause, ended);
    }
  }

  async #runOnce(ended: AbortSignal): Promise<void> {
    const { run, place, onRun, failed } = this.#parts;
    const present = await this.#admitted();
    if (present.length === 0) return;
    const longest = present.reduce((one, other) => (other.expiresAt > one.expiresAt ? other : one));
    const covered: Covered = { place: place(), count: this.#count, losses: this.#losses };
    try {
      const answer = await run(longest.caller, ended);
      onRun(present.length);
      this.#send(present, answer, covered);
    } catch (error) {
      for (const subscriber of present) subscriber.fail(failed(error));
    }
  }

  /** Those who may go on; the others are told why not. */
  async #admitted(): Promise<Subscriber[]> {
    const { check, failed } = this.#parts;
    const admitted: Subscriber[] = [];
    for (const subscriber of [...this.#subscribers]) {
      try {
        await check(subscriber.caller);
        admitted.push(subscriber);
      } catch (error) {
        subscriber.fail(failed(error));
      }
    }
    return admitted.filter(({ isOver }) => !isOver);
  }

  #send(present: readonly Subscriber[], answer: ExecutionResult, covered: Covered): void {
    const { isFinal, isSeen, result } = settle(answer, this.#parts.key, this.#parts.ends);
    const { place, count, losses } = covered;
    const seen = markOf(result);
    const position = isSeen ? writePosition({ place, seen }) : undefined;
    for (const subscriber of present) {
      const events = Math.max(0, count - subscriber.counted);
      const gap = losses > subscriber.losses;
      if (events > 0 || gap || subscriber.seen !== seen) subscriber.offer({ result, position, events, gap });
      if (isSeen) Object.assign(subscriber, { counted: count, losses, seen });
      if (isFinal) subscriber.finish();
    }
  }
}
