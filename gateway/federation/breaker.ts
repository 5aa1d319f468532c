/** `closed`: calls pass. `open`: they are refused. `half-open`: one is under way that decides, the others are refused. */
export type BreakerState = 'closed' | 'half-open' | 'open';

/** What the end of a call says of the subgraph; nothing where it was broken off for other reasons. */
export type Verdict = 'ok' | 'failed' | 'nothing';

/** How a call was let through: as any other, or to find out whether the subgraph answers again. */
export type Entry = 'call' | 'probe';

export type BreakerSettings = {
  /** So many milliseconds after it opened, one call may find out. */
  openFor: number;
  /** Told at every change. */
  changed(state: BreakerState): void;
  /** Milliseconds of a clock that never goes back. */
  now?(): number;
};

/** Calls of the last one to two of these spans (milliseconds) are judged together. */
const span = 5_000;
/** Fewer calls than this prove nothing. */
export const enoughCalls = 20;
/** From this share of failures on the subgraph is left alone. */
export const tooMany = 0.5;

type Counts = { calls: number; failures: number };

const none = (): Counts => ({ calls: 0, failures: 0 });

/** Keeps calls from a subgraph that fails anyway: opens by a share of failures, and closes when one call got through. */
export class Breaker {
  readonly #settings: BreakerSettings;
  readonly #now: () => number;
  #state: BreakerState = 'closed';
  #opened = 0;
  #since: number;
  #counts = none();
  #before = none();

  constructor(settings: BreakerSettings) {
    this.#settings = settings;
    this.#now = settings.now ?? (() => performance.now());
    this.#since = this.#now();
  }

  get state(): BreakerState {
    return this.#state;
  }

  /** Lets a call through, which must `leave`; undefined: it is refused. */
  enter(): Entry | undefined {
    if (this.#state === 'closed') return 'call';
    if (this.#state === 'half-open' || this.#now() - this.#opened < this.#settings.openFor) return undefined;
    this.#become('half-open');
    return 'probe';
  }

  leave(entry: Entry, verdict: Verdict): void {
    if (entry === 'probe') this.#decide(verdict);
    else if (this.#state === 'closed' && verdict !== 'nothing') this.#count(verdict);
  }

  #decide(verdict: Verdict): void {
    if (verdict === 'ok') {
      this.#counts = none();
      this.#before = none();
      this.#become('closed');
    } else {
      // A probe that says nothing leaves the question to the next call.
      if (verdict === 'failed') this.#opened = this.#now();
      this.#become('open');
    }
  }

  #count(verdict: Verdict): void {
    this.#turn();
    this.#counts.calls += 1;
    if (verdict !== 'failed') return;
    this.#counts.failures += 1;
    const calls = this.#counts.calls + this.#before.calls;
    const failures = this.#counts.failures + this.#before.failures;
    if (calls < enoughCalls || failures < calls * tooMany) return;
    this.#opened = this.#now();
    this.#become('open');
  }

  #turn(): void {
    const passed = this.#now() - this.#since;
    if (passed < span) return;
    this.#before = passed < 2 * span ? this.#counts : none();
    this.#counts = none();
    this.#since += passed < 2 * span ? span : passed;
  }

  #become(state: BreakerState): void {
    this.#state = state;
    this.#settings.changed(state);
  }
}
