import { CallerGone } from '../http/caller-gone.ts';
import { type Ending, waited, workIsOver } from '../http/time.ts';
import { Breaker, type BreakerState, type Verdict } from './breaker.ts';
import { CallFailed } from './call-failed.ts';
import { RetryBudget } from './retry-budget.ts';

/** Whether a call was answered: the subgraph did not, or nobody waited for it any more. */
export type Outcome = 'ok' | 'unavailable' | 'abandoned';

/** Told of what becomes of the calls to one subgraph. */
export type Watch = {
  /** After every call that was sent, with its seconds, and what it failed with. */
  answered(outcome: Outcome, seconds: number, failure?: unknown): void;
  /** A call was not sent: the breaker is open, or too many are under way. */
  refused(why: 'open' | 'full'): void;
  /** A read is sent again, or is not because the budget for that is used up. */
  retried(how: 'sent' | 'over-budget'): void;
  /** A call begins or ends. */
  underWay(change: 1 | -1): void;
  breaker(state: BreakerState): void;
};

export type CallSettings = {
  /** So many calls may be under way; further ones are refused. */
  most: number;
  /** Milliseconds for one read, with its retry; a mutation has all the time of its operation. */
  time: number;
  /** Milliseconds for which an open breaker refuses before it lets one call through. */
  openFor: number;
};

/** One call as it is to be made: `send` makes it, within so many milliseconds where that is said. */
export type Call<T> = {
  isRead: boolean;
  signal?: Ending | undefined;
  send(time: number | undefined): Promise<T>;
};

/** Before a retry lies a pause of so many milliseconds, by half more or less. */
const pause = 50;

const isAbandoned = (signal: Ending | undefined): boolean =>
  signal?.reason instanceof CallerGone || signal?.reason === workIsOver;

/** Nothing came back, and there is time left: whatever answered or was late is not asked twice. */
const mayRepeat = (failure: unknown): boolean =>
  failure instanceof CallFailed && failure.stage !== 'unusable' && failure.limit === undefined;

/**
 * The calls to one subgraph: a bound on those under way, a breaker, a time for each, and one retry of reads to which
 * nothing came back, within a budget. Failures of a subgraph are CallFailed.
 */
export class Calls {
  readonly #settings: CallSettings;
  readonly #watch: Watch;
  readonly #breaker: Breaker;
  readonly #budget = new RetryBudget();
  #underWay = 0;

  constructor(settings: CallSettings, watch: Watch) {
    this.#settings = settings;
    this.#watch = watch;
    this.#breaker = new Breaker({ openFor: settings.openFor, changed: (state) => watch.breaker(state) });
  }

  async make<T>(call: Call<T>): Promise<T> {
    if (this.#underWay >= this.#settings.most) throw this.#refusal('full');
    this.#underWay += 1;
    this.#watch.underWay(1);
    this.#budget.earn();
    const begun = performance.now();
    try {
      return await this.#once(call, this.#settings.time, begun);
    } catch (failure) {
      return await this.#again(call, failure, begun);
    } finally {
      this.#underWay -= 1;
      this.#watch.underWay(-1);
    }
  }

  /** Makes a failed call once more where that may be; throws the failure else. */
  async #again<T>(call: Call<T>, failure: unknown, begun: number): Promise<T> {
    if (!call.isRead || !mayRepeat(failure) || this.#breaker.state !== 'closed') throw failure;
    const left = this.#settings.time - (performance.now() - begun) - 1.5 * pause;
    if (left <= 0) throw failure;
    const isWithin = this.#budget.spend();
    if (!isWithin) {
      this.#watch.retried('over-budget');
      throw failure;
    }
    const isWaiting = await waited(pause * (0.5 + Math.random()), call.signal);
    if (!isWaiting) throw failure;
    this.#watch.retried('sent');
    return this.#once(call, left, performance.now());
  }

  #once<T>({ send, signal, isRead }: Call<T>, time: number, begun: number): Promise<T> {
    const entry = this.#breaker.enter();
    if (!entry) throw this.#refusal('open');
    const end = (outcome: Outcome, verdict: Verdict, milliseconds: number, failure?: unknown): void => {
      this.#watch.answered(outcome, milliseconds / 1000, failure);
      this.#breaker.leave(entry, verdict);
    };
    return send(isRead ? time : undefined).then(
      (answer) => {
        end('ok', 'ok', performance.now() - begun);
        return answer;
      },
      (failure: unknown) => {
        const took = performance.now() - begun;
        if (isAbandoned(signal)) end('abandoned', 'nothing', took, failure);
        else end('unavailable', this.#blames(failure, signal, took) ? 'failed' : 'nothing', took, failure);
        throw failure;
      },
    );
  }

  /**
   * An operation that ran out of time says nothing of a subgraph that was asked shortly before, and an answer that is too
   * large nothing of its health: callers who ask for such answers must not shut it for all.
   */
  #blames(failure: unknown, signal: Ending | undefined, took: number): boolean {
    if (failure instanceof CallFailed && failure.limit === 'large') return false;
    return !signal?.aborted || took >= this.#settings.time / 2;
  }

  #refusal(why: 'open' | 'full'): CallFailed {
    this.#watch.refused(why);
    return new CallFailed('unsent', why);
  }
}
