import type { OpenedClaim } from './new-person.ts';

/**
 * Claims in rounds within which no two share a key: of two rows of one request that may be one child the upper one is
 * settled before the lower one is looked at.
 */
export const roundsOf = <Claim extends Pick<OpenedClaim, 'keys'>>(claims: readonly Claim[]): Claim[][] => {
  const rounds: Claim[][] = [];
  const next = new Map<string, number>();
  for (const claim of claims) {
    const keys = [...claim.keys.claims, ...claim.keys.likenesses].map((key) => key.toString('hex'));
    const round = Math.max(0, ...keys.map((key) => next.get(key) ?? 0));
    for (const key of keys) next.set(key, round + 1);
    const together = rounds[round] ?? [];
    together.push(claim);
    rounds[round] = together;
  }
  return rounds;
};
