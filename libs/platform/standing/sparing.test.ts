import { sparing } from './sparing.ts';

const counter = () => {
  let at = 0;
  let counts = 0;
  return {
    now: () => at,
    pass: (milliseconds: number) => {
      at += milliseconds;
    },
    /** Takes ten milliseconds of this clock. */
    count: async () => {
      at += 10;
      counts++;
      return counts;
    },
  };
};

test('a count is made again when twenty times as long has passed as it took, not before', async () => {
  const { now, pass, count } = counter();
  const counted = sparing(count, 0, { now });
  expect(await counted()).toBe(1);
  pass(199);
  expect(await counted()).toBe(1);
  pass(1);
  expect(await counted()).toBe(2);
});

test('those who ask at the same time share one count', async () => {
  const { now, count } = counter();
  const counted = sparing(count, 0, { now });
  expect(await Promise.all([counted(), counted(), counted()])).toEqual([1, 1, 1]);
});

test('nobody waits longer than is good for a service that is asked whether it lives', async () => {
  const { promise, resolve } = Promise.withResolvers<number>();
  const counted = sparing(() => promise, 0, { patience: 1 });
  expect(await counted()).toBe(0);
  resolve(7);
  await promise;
  expect(await counted()).toBe(7);
});

test('a count that fails leaves what was known', async () => {
  let fails = false;
  const count = async () => {
    if (fails) throw new Error('away');
    return 3;
  };
  const counted = sparing(count, 0, { now: () => Number.NaN });
  expect(await counted()).toBe(3);
  fails = true;
  expect(await counted()).toBe(3);
});
