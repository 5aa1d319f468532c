type Waiting<T> = { item: T; done: PromiseWithResolvers<void> };

/** Items that go together at most. */
const most = 500;

/**
 * Work on items that come one by one: what comes while the work is on its way is done together once it has ended. Each
 * promise is that of the work on its item, and fails with it.
 */
export const together = <T>(
  work: (items: readonly T[]) => Promise<unknown>,
): ((item: T) => Promise<void>) => {
  let waiting: Waiting<T>[] = [];
  let running = false;

  const turn = async (items: readonly Waiting<T>[]): Promise<void> => {
    try {
      await work(items.map(({ item }) => item));
      for (const { done } of items) done.resolve();
    } catch (error) {
      for (const { done } of items) done.reject(error);
    }
  };

  const run = async (): Promise<void> => {
    running = true;
    while (waiting.length > 0) {
      const items = waiting.slice(0, most);
      waiting = waiting.slice(most);
      await turn(items);
    }
    running = false;
  };

  return (item) => {
    const done = Promise.withResolvers<void>();
    waiting.push({ item, done });
    if (!running) void run();
    return done.promise;
  };
};
