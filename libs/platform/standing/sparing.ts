/** A count that took so long is made again after this many times as long: it never takes more than one part in twenty. */
const pauses = 20;

export type SparingOptions = {
  /** Milliseconds for which a caller waits for a count that is under way. */
  patience?: number;
  /** Milliseconds on a clock that only goes forward. */
  now?: () => number;
};

/**
 * A count over many rows that is asked for again and again. One is made at a time, and never more often than it deserves
 * by what it costs; who asks meanwhile, or has waited long enough, is told the last, or `unknown` before there is any.
 */
export const sparing = <Counted>(
  count: () => Promise<Counted>,
  unknown: Counted,
  { patience = 1_000, now = () => performance.now() }: SparingOptions = {},
): (() => Promise<Counted>) => {
  let last = unknown;
  let rested = Number.NEGATIVE_INFINITY;
  let underWay: Promise<Counted> | undefined;
  const begin = (): Promise<Counted> => {
    const began = now();
    underWay = count()
      .then((counted) => {
        last = counted;
        return counted;
      })
      .finally(() => {
        rested = now() + pauses * (now() - began);
        underWay = undefined;
      });
    return underWay;
  };
  return async () => {
    if (underWay === undefined && now() < rested) return last;
    const counting = underWay ?? begin();
    const { promise, resolve } = Promise.withResolvers<Counted>();
    const timer = setTimeout(() => resolve(last), patience);
    counting.then(resolve, () => resolve(last));
    return promise.finally(() => clearTimeout(timer));
  };
};
