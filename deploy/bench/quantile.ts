import type { LagBuckets } from '#deploy/bench/registry-questions.ts';

/** What came between two readings of the same buckets. */
export const between = (before: LagBuckets, after: LagBuckets): LagBuckets =>
  after.map(({ within, events }) => ({
    within,
    events: events - (before.find((bucket) => bucket.within === within)?.events ?? 0),
  }));

/**
 * The value below which a share of the events lies, linear within its bucket, as Prometheus estimates it; seconds.
 * Where it lies beyond the last bound the answer is infinite; without events it is not a number.
 */
export const quantileOf = (buckets: LagBuckets, share: number): number => {
  const all = buckets.at(-1)?.events ?? 0;
  if (all === 0) return Number.NaN;
  const rank = share * all;
  let lower = { within: 0, events: 0 };
  for (const bucket of buckets) {
    if (bucket.events >= rank) {
      const inside = bucket.events - lower.events;
      const part = inside === 0 ? 1 : (rank - lower.events) / inside;
      return lower.within + (bucket.within - lower.within) * part;
    }
    lower = bucket;
  }
  return Number.POSITIVE_INFINITY;
};
