import fc from 'fast-check';
import { inRounds } from './rounds.ts';

const fulfilled = <T>(value: T): PromiseSettledResult<T> => ({ status: 'fulfilled', value });

describe('work in rounds', () => {
  test('answers everybody with their own result, in no more rounds at once than allowed and none too large', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 3 }),
        fc.array(fc.array(fc.integer(), { maxLength: 8 }), { maxLength: 8 }),
        async (most, atOnce, arrivals) => {
          let underWay = 0;
          const double = inRounds<number, number>(
            async (items) => {
              expect(items.length).toBeGreaterThan(0);
              expect(items.length).toBeLessThanOrEqual(most);
              expect(++underWay).toBeLessThanOrEqual(atOnce);
              await Promise.resolve();
              underWay--;
              return items.map((item) => fulfilled(2 * item));
            },
            { most, atOnce },
          );
          const answers: Promise<number>[] = [];
          for (const together of arrivals) {
            answers.push(...together.map(double));
            await Promise.resolve();
          }
          expect(await Promise.all(answers)).toEqual(arrivals.flat().map((item) => 2 * item));
        },
      ),
    );
  });

  test('gathers in the next round whoever comes while one is under way', async () => {
    const rounds: number[][] = [];
    const release: (() => void)[] = [];
    const join = inRounds<number, number>(
      async (items) => {
        rounds.push([...items]);
        await new Promise<void>((resolve) => release.push(resolve));
        return items.map(fulfilled);
      },
      { most: 10, atOnce: 1 },
    );
    const answers = [join(1), join(2), join(3)];
    expect(rounds).toEqual([[1]]);
    release.shift()?.();
    await answers[0];
    await Promise.resolve();
    expect(rounds).toEqual([[1], [2, 3]]);
    release.shift()?.();
    expect(await Promise.all(answers)).toEqual([1, 2, 3]);
  });

  test('fails nobody but whose own work failed, and all of a round that failed as a whole', async () => {
    const odd = inRounds<number, number>(
      async (items) => {
        if (items.includes(0)) throw new Error('the round failed');
        return items.map((item) =>
          item % 2 === 1 ? fulfilled(item) : { status: 'rejected', reason: new Error(`${item} is even`) },
        );
      },
      { most: 2, atOnce: 1 },
    );
    const results = await Promise.allSettled([odd(1), odd(2), odd(3), odd(0), odd(5)]);
    expect(results.map((each) => (each.status === 'fulfilled' ? each.value : each.reason.message))).toEqual([
      1,
      '2 is even',
      3,
      'the round failed',
      'the round failed',
    ]);
  });
});
