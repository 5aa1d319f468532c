/** Work of which so many run at a time; the rest waits for its turn, first come, first served. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>;

export const createTurns = (most: number): Turns => {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
};
