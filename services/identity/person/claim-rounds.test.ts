import fc from 'fast-check';
import { breaks } from '#test/support/rules.ts';
import { roundsOf } from './claim-rounds.ts';

type Named = { name: string; keys: { claims: Buffer[]; likenesses: Buffer[]; traits: [] } };
const claim = (name: string, claims: string, likenesses = ''): Named => ({
  name,
  keys: {
    claims: [...claims].map((key) => Buffer.from(key)),
    likenesses: [...likenesses].map((key) => Buffer.from(key)),
    traits: [],
  },
});
const names = (claims: readonly Named[]) => roundsOf(claims).map((round) => round.map(({ name }) => name));

describe('claims of one request', () => {
  test('go together where nothing is shared', () => {
    expect(names([claim('x', 'a', 'n'), claim('y', 'b', 'o'), claim('z', '', '')])).toEqual([
      ['x', 'y', 'z'],
    ]);
    expect(names([])).toEqual([]);
  });

  test(breaks('ID-17', 'go one after another where a key is shared, the upper row first'), () => {
    expect(names([claim('x', 'a'), claim('y', 'ab'), claim('z', 'b'), claim('w', 'c')])).toEqual([
      ['x', 'w'],
      ['y'],
      ['z'],
    ]);
    expect(names([claim('x', 'a', 'n'), claim('y', 'b', 'n')])).toEqual([['x'], ['y']]);
  });

  test('are all settled, in the order of their rows, and never two of one key together', () => {
    const keys = fc
      .uniqueArray(fc.constantFrom(...'abcdefgh'), { maxLength: 3 })
      .map((each) => each.join(''));
    fc.assert(
      fc.property(fc.array(fc.tuple(keys, keys)), (rows) => {
        const claims = rows.map(([claims, likenesses], at) =>
          claim(String(at), claims, likenesses.toUpperCase()),
        );
        const rounds = roundsOf(claims);
        expect(rounds.flat()).toHaveLength(claims.length);
        for (const round of rounds) {
          const shared = round.flatMap((each) => [...each.keys.claims, ...each.keys.likenesses].map(String));
          expect(new Set(shared).size).toBe(shared.length);
        }
        const roundOf = (each: Named) => rounds.findIndex((round) => round.includes(each));
        for (const [at, one] of claims.entries()) {
          for (const later of claims.slice(at + 1)) {
            const isShared = one.keys.claims.some((key) =>
              later.keys.claims.some((other) => other.equals(key)),
            );
            if (isShared) expect(roundOf(one)).toBeLessThan(roundOf(later));
          }
        }
      }),
    );
  });
});
