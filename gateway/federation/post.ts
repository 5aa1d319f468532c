import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher, Pool } from 'undici';
import { wholeAnswerHeader } from '#libs/platform/subgraph/whole-answer.ts';
import type { Ending } from '../http/time.ts';
import { CallFailed, type Stage } from './call-failed.ts';

/** Bytes of answers that are under way together, and the most that they may be. */
export type Space = { used: number; readonly most: number };

/** What is posted, and where at the pool's address. */
export type Post = {
  path: string;
  headers: Record<string, string>;
  body: Buffer;
  /** Breaks the call off. */
  signal?: Ending | undefined;
  /** The whole answer must be there within so many milliseconds, where that is said. */
  time?: number | undefined;
  /** So many bytes of the answer are taken, and no more. */
  most: number;
  /** What all answers of the subgraph share. */
  space: Space;
};

/**
 * Makes of the bytes of an answer what is wanted of it; throws CallFailed where it is none. `isWhole`: the subgraph says that
 * it is nothing but data, and all of it.
 */
export type Read<T> = (bytes: Buffer, isWhole: boolean) => T;

const isOfProxy = (status: number): boolean => status >= 502 && status <= 504;
const isRedirect = (status: number): boolean => status >= 300 && status < 400;

/** The bytes of one answer as they come, up to a size. */
class Collecting<T> implements Dispatcher.DispatchHandler {
  readonly #post: Post;
  readonly #read: Read<T>;
  readonly #settle: PromiseWithResolvers<T>;
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #chunks: Buffer[] = [];
  #stage: Stage = 'unsent';
  #size = 0;
  #isWhole = false;
  #isOver = false;
  #controller: Dispatcher.DispatchController | undefined;

  constructor(post: Post, read: Read<T>, settle: PromiseWithResolvers<T>) {
    this.#post = post;
    this.#read = read;
    this.#settle = settle;
    post.signal?.addEventListener('abort', this.#abort);
    if (post.time !== undefined) this.#timer = setTimeout(this.#abort, post.time);
  }

  readonly #abort = (): void => this.#fail(new CallFailed(this.#stage, 'out of time', 'late'));

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#isOver) controller.abort(new CallFailed('unsent', 'ended while it waited'));
    else this.#stage = 'unanswered';
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    if (status < 200) return;
    this.#isWhole = status === 200 && headers[wholeAnswerHeader] === '1';
    if (!isOfProxy(status)) this.#stage = 'unusable';
    if (isOfProxy(status) || isRedirect(status)) this.#fail(new CallFailed(this.#stage, `status ${status}`));
    else if (Number(headers['content-length'] ?? 0) > this.#post.most) this.#tooLarge();
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#isOver) return;
    const { most, space } = this.#post;
    this.#size += chunk.length;
    space.used += chunk.length;
    if (this.#size > most || space.used > space.most) this.#tooLarge();
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (this.#isOver) return;
    this.#leave();
    const [first, ...rest] = this.#chunks;
    const whole = first && rest.length === 0 ? first : Buffer.concat(this.#chunks);
    try {
      this.#settle.resolve(this.#read(whole, this.#isWhole));
    } catch (failure) {
      this.#settle.reject(failure);
    }
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#fail(new CallFailed(this.#stage, error.message));
  }

  #tooLarge(): void {
    this.#fail(new CallFailed('unusable', 'too large', 'large'));
  }

  #fail(failure: CallFailed): void {
    if (this.#isOver) return;
    this.#leave();
    this.#settle.reject(failure);
    this.#controller?.abort(failure);
  }

  #leave(): void {
    this.#isOver = true;
    this.#post.space.used -= this.#size;
    this.#post.signal?.removeEventListener('abort', this.#abort);
    clearTimeout(this.#timer);
  }
}

/**
 * Posts and gives what is read from the answer, whatever its status says of the operation; throws CallFailed
 * where none came, one too large, or that of a proxy. No redirect is followed.
 */
export const post = <T>(pool: Pool, order: Post, read: Read<T>): Promise<T> => {
  if (order.signal?.aborted) return Promise.reject(new CallFailed('unsent', 'out of time', 'late'));
  const settle = Promise.withResolvers<T>();
  const { path, headers, body } = order;
  pool.dispatch({ path, method: 'POST', headers, body }, new Collecting(order, read, settle));
  return settle.promise;
};
