/** How a bell was rung: at once, or so that a moment is to be left for what comes after it. */
export type Ring = 'loudly' | 'softly';

export type Bell = {
  ring(how?: Ring): void;
  reset(): void;
  /** Ends when it was rung since the reset, or the wait is over; tells how it was rung, if it was. */
  rung(wait?: (over: AbortSignal) => Promise<void>): Promise<Ring | undefined>;
};

/** A bell remembers that it was rung until it is reset. */
export const createBell = (): Bell => {
  let heard: Ring | undefined;
  let wake = (): void => undefined;
  return {
    ring: (how = 'loudly') => {
      if (heard !== 'loudly') heard = how;
      wake();
    },
    reset: () => {
      heard = undefined;
    },
    rung: async (wait) => {
      if (heard) return heard;
      const bell = Promise.withResolvers<void>();
      wake = bell.resolve;
      if (wait) {
        const over = new AbortController();
        await Promise.race([bell.promise, wait(over.signal)]);
        over.abort();
      } else await bell.promise;
      return heard;
    },
  };
};
