import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher, Pool } from 'undici';

/** What is posted, and where at the pool's address. */
export type Post = {
  path: string;
  headers: Record<string, string>;
  body: string;
  /** Breaks the call off; its reason is what the call fails with. */
  signal?: AbortSignal | undefined;
  /** So many bytes of the answer are taken, and no more. */
  most: number;
};

/** Why a call to a subgraph failed although something was answered. */
export class BadAnswer extends Error {}

/** The bytes of one answer as they come, up to a size. */
class Collecting implements Dispatcher.DispatchHandler {
  readonly #post: Post;
  readonly #settle: PromiseWithResolvers<string>;
  readonly #chunks: Buffer[] = [];
  #size = 0;
  #controller: Dispatcher.DispatchController | undefined;

  constructor(post: Post, settle: PromiseWithResolvers<string>) {
    this.#post = post;
    this.#settle = settle;
    post.signal?.addEventListener('abort', this.#abort);
  }

  readonly #abort = (): void => {
    const reason = this.#post.signal?.reason;
    const error = reason instanceof Error ? reason : new Error('aborted');
    if (this.#controller) this.#controller.abort(error);
    this.fail(error);
  };

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#post.signal?.aborted) this.#abort();
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    _status: number,
    headers: IncomingHttpHeaders,
  ): void {
    if (Number(headers['content-length'] ?? 0) > this.#post.most)
      controller.abort(new BadAnswer('too large'));
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#size > this.#post.most) controller.abort(new BadAnswer('too large'));
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#leave();
    const [first, ...rest] = this.#chunks;
    const whole = first && rest.length === 0 ? first : Buffer.concat(this.#chunks);
    this.#settle.resolve(whole.toString('utf8'));
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.fail(error);
  }

  fail(error: Error): void {
    this.#leave();
    this.#settle.reject(error);
  }

  #leave(): void {
    this.#post.signal?.removeEventListener('abort', this.#abort);
  }
}

/** Posts and gives the text of the answer, whatever its status; fails where there is none, or one too large. */
export const post = (pool: Pool, order: Post): Promise<string> => {
  const settle = Promise.withResolvers<string>();
  if (order.signal?.aborted) return Promise.reject(order.signal.reason);
  const { path, headers, body } = order;
  pool.dispatch({ path, method: 'POST', headers, body }, new Collecting(order, settle));
  return settle.promise;
};
