import { CallerGone } from '../http/caller-gone.ts';
import { type Ending, startTime, type WorkTime } from '../http/time.ts';
import type { Ticket } from './store.ts';

type Flight<Answer> = { ticket: Ticket; answer: Promise<Answer>; waiting: number; time: WorkTime };

/**
 * Fetches under way, by key. A fetch that several wait for goes on as long as one of them does; the time that it may take is
 * its own.
 */
export class InFlight<Answer> {
  readonly #flights = new Map<string, Flight<Answer>>();
  readonly #milliseconds: number;

  constructor(milliseconds: number) {
    this.#milliseconds = milliseconds;
  }

  /** The ticket of the fetch under way. */
  ticketOf(key: string): Ticket | undefined {
    return this.#flights.get(key)?.ticket;
  }

  /** Waits for the fetch under way; undefined where there is none, or where the caller's own signal goes off before it ends. */
  async join(key: string, signal: Ending): Promise<Answer | undefined> {
    const flight = this.#flights.get(key);
    return flight && this.#wait(key, flight, signal);
  }

  /** Begins a fetch that others may join, and waits for it as `join` does. */
  start(
    key: string,
    ticket: Ticket,
    signal: Ending,
    fetch: (signal: Ending) => Promise<Answer>,
  ): Promise<Answer | undefined> {
    const time = startTime(this.#milliseconds);
    const flight: Flight<Answer> = { ticket, waiting: 0, time, answer: fetch(time.signal) };
    this.#flights.set(key, flight);
    void flight.answer.finally(() => this.#end(key, flight)).catch(() => undefined);
    return this.#wait(key, flight, signal);
  }

  async #wait(key: string, flight: Flight<Answer>, signal: Ending): Promise<Answer | undefined> {
    flight.waiting++;
    const gone = Promise.withResolvers<undefined>();
    const leave = (): void => gone.resolve(undefined);
    signal.addEventListener('abort', leave);
    if (signal.aborted) leave();
    try {
      return await Promise.race([flight.answer, gone.promise]);
    } finally {
      signal.removeEventListener('abort', leave);
      flight.waiting--;
      if (flight.waiting === 0) this.#abandon(key, flight);
    }
  }

  #abandon(key: string, flight: Flight<Answer>): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
    flight.time.breakOff(new CallerGone());
  }

  #end(key: string, flight: Flight<Answer>): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
    flight.time.stop();
  }
}
