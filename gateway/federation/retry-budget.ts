/** One retry may be saved up by this many calls: retries are a tenth of the calls. */
const callsPerRetry = 10;
/** So many retries are there at the start, and at most saved up. */
const mostSaved = 10;

/**
 * How often a subgraph may be asked again: of any number of calls in a row at most a tenth, and ten more. So one that
 * fails does not get a storm of retries on top of its load.
 */
export class RetryBudget {
  #saved = mostSaved * callsPerRetry;

  /** A call was made. */
  earn(): void {
    if (this.#saved < mostSaved * callsPerRetry) this.#saved += 1;
  }

  /** Takes one retry out; false where there is none. */
  spend(): boolean {
    if (this.#saved < callsPerRetry) return false;
    this.#saved -= callsPerRetry;
    return true;
  }
}
