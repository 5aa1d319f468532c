import { AppError } from '../errors/errors.ts';

/**
 * What one operation may still cost: a number of objects, as long as somebody waits for the answer. It is the last
 * line behind the limits of documents, which see an operation's shape and not how many objects there are.
 */
export type Effort = {
  /** Counts objects that were found; at more than the budget the operation is over. */
  spend(objects: number): void;
  /** Nobody waits for the answer any more. */
  abandon(): void;
  /** True once nothing more is to be done for the operation. */
  readonly isOver: boolean;
  /** Rejects when the operation is over before its answer: COST_ESTIMATED_TOO_EXPENSIVE, or Abandoned. */
  readonly over: Promise<never>;
};

/** The caller has gone: there is nobody to answer. */
export class Abandoned extends Error {
  constructor() {
    super('Nobody waits for the answer');
    this.name = 'Abandoned';
  }
}

const tooExpensive = (most: number): AppError =>
  new AppError(
    'COST_ESTIMATED_TOO_EXPENSIVE',
    `一次操作涉及的对象超过 ${most} 个，请缩小范围或分页读取。 More than ${most} objects in one operation: ask for less, or page by page.`,
    { limit: { name: 'objects', most } },
  );

export const createEffort = (most: number): Effort => {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined);
  let spent = 0;
  let isOver = false;
  const end = (reason: Error): void => {
    isOver = true;
    reject(reason);
  };
  return {
    spend: (objects) => {
      spent += objects;
      if (spent > most && !isOver) end(tooExpensive(most));
    },
    abandon: () => end(new Abandoned()),
    get isOver() {
      return isOver;
    },
    over: promise,
  };
};
