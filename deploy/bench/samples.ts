/**
 * The value that a share of the samples does not exceed (nearest rank). Throws RangeError without samples and for a
 * share that is not above 0 and at most 1.
 */
export const shareOf = (samples: readonly number[], share: number): number => {
  if (!(share > 0 && share <= 1)) throw new RangeError('a share lies above 0 and is at most 1');
  const sorted = Float64Array.from(samples).sort();
  const value = sorted[Math.ceil(share * sorted.length) - 1];
  if (value === undefined) throw new RangeError('there are no samples');
  return value;
};

export const medianOf = (samples: readonly number[]): number => shareOf(samples, 0.5);
