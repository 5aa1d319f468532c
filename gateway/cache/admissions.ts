import type { Actor } from '#libs/platform/actor/actor.ts';

/** A service has looked at somebody's account so many milliseconds ago at most. */
const validFor = 60_000;
/** So long after an account has changed there may be services that have not heard of it. */
const uncertainFor = 10_000;
const mostRevocations = 10_000;

/**
 * Whom the services have let in lately. They look at the register of accounts with every request, and write down who is refused
 * and that an account is in use: what is answered without them is for callers whom they have just answered.
 */
export class Admissions {
  readonly #now: () => number;
  #admitted = new WeakMap<Actor, number>();
  readonly #revoked = new Map<string, number>();

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Nobody has no account. */
  has(actor: Actor | null): boolean {
    if (actor === null) return true;
    const at = this.#admitted.get(actor);
    return at !== undefined && this.#now() - at < validFor && at >= this.#uncertainUntil(actor.subject);
  }

  /** Services have answered the caller a request that they got at this time. */
  admit(actor: Actor | null, at: number): void {
    if (actor !== null) this.#admitted.set(actor, at);
  }

  /** The account has changed. */
  revoke(subject: string): void {
    if (this.#revoked.size >= mostRevocations) this.clear();
    this.#revoked.delete(subject);
    this.#revoked.set(subject, this.#now() + uncertainFor);
  }

  /** Accounts may have changed. */
  clear(): void {
    this.#admitted = new WeakMap();
    this.#revoked.clear();
  }

  #uncertainUntil(subject: string): number {
    const until = this.#revoked.get(subject) ?? Number.NEGATIVE_INFINITY;
    if (this.#now() - until > validFor) this.#revoked.delete(subject);
    return until;
  }
}
