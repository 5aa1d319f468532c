import type { Envelope } from '#libs/contracts/envelope.ts';
import type { Logged, LogHead } from '../events/log.ts';

export type Stop = () => Promise<void>;

/** An event as it arrives over the stream, not yet checked, with the identity of the log that numbered it. */
export type Arrived = { seq: number; epoch: string; event: Envelope };

/** A board on which processes put up values by key, each for a while, and see those of all others. */
export type Board = {
  /** Puts up a value in place of the one before; lost while the board is not shared. Keys: letters, digits, - _ and dots. */
  put(key: string, value: unknown): void;
  stop(): Promise<void>;
};

export type BoardOptions = {
  /** Values stay for so many milliseconds. */
  keep: number;
  /** Told every value that stands there at the beginning and that is put up later, one's own among them. */
  take(key: string, value: unknown): void;
  /** Told when the board is there for all, and when it is not any more. */
  shared(isShared: boolean): void;
};

/**
 * The transport between services. Nothing rests on it: events can be lost, doubled and reordered (checkpoints
 * and logs heal that), requests can fail (they are idempotent and are sent again).
 */
export type Bus = {
  /** Puts logged events on the source's stream and waits for the broker's word on each. */
  publishEvents(source: string, epoch: string, entries: readonly Logged[]): Promise<void>;
  /**
   * Hands over what arrives on a source's stream from now on; what was before is read from the source's log.
   * `onResumed` is told each time the flow begins, also again after an interruption in which events were missed.
   */
  onEvents(source: string, take: (arrived: Arrived) => void, onResumed?: () => void): Promise<Stop>;
  /** Tells how far the source's log reaches. */
  announceHead(source: string, head: LogHead): void;
  onHead(source: string, take: (head: LogHead) => void): Promise<Stop>;
  /** Sends a request and waits for its answer; throws SERVICE_UNAVAILABLE when nobody answers in time. */
  request(subject: string, payload: unknown, timeout: number): Promise<unknown>;
  /** Answers requests on a subject; several answerers share the work. Stopping waits for those under way. */
  answer(subject: string, handle: (payload: unknown) => Promise<unknown>): Promise<Stop>;
  /** A passing signal for live views: lost when nobody listens. */
  signal(subject: string, payload: unknown): void;
  onSignal(subject: string, take: (payload: unknown) => void): Promise<Stop>;
  /** Hangs up a board of this name, and again whenever it was lost; a transport without a broker has none. */
  board?(name: string, options: BoardOptions): Board;
  /** Whether the broker answers within so many milliseconds; a transport without a broker has no such question. */
  isReachable?(timeout: number): Promise<boolean>;
  close(): Promise<void>;
};
