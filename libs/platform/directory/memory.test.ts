import { createMemory } from './memory.ts';

const still = () => Promise.resolve('here');

describe('a memory of the reference tables', () => {
  test('loads once for all who ask at the same time, and for all who ask later', async () => {
    let loads = 0;
    const name = createMemory(still).of(async (code: string) => `${code} ${++loads}`);
    expect(await Promise.all([name('a'), name('a'), name('b')])).toEqual(['a 1', 'a 1', 'b 2']);
    expect(await name('a')).toBe('a 1');
  });

  test('asks anew when it was told that the tables have changed', async () => {
    let loads = 0;
    const memory = createMemory(still);
    const one = memory.of(async () => ++loads);
    expect(await one()).toBe(1);
    memory.forget();
    expect(await one()).toBe(2);
  });

  test('asks anew when the tables have moved and nobody told', async () => {
    const place = { now: 'here' };
    let loads = 0;
    const one = createMemory(async () => place.now, 0).of(async () => ++loads);
    expect([await one(), await one()]).toEqual([1, 1]);
    place.now = 'there';
    expect([await one(), await one()]).toEqual([2, 2]);
  });

  test('does not remember what failed', async () => {
    let loads = 0;
    const one = createMemory(still).of(async () => {
      if (++loads === 1) throw new Error('away');
      return loads;
    });
    await expect(one()).rejects.toThrow('away');
    expect(await one()).toBe(2);
  });

  test('answers nothing while the place of the tables cannot be seen', async () => {
    let isAway = true;
    const one = createMemory(async () => {
      if (isAway) throw new Error('away');
      return 'here';
    }).of(async () => 1);
    await expect(one()).rejects.toThrow('away');
    isAway = false;
    expect(await one()).toBe(1);
  });

  test('fetches of many keys those that it does not know, in one load, and remembers that some have no value', async () => {
    const asked: string[][] = [];
    const names = createMemory(still).ofMany(async (codes: readonly string[]) => {
      asked.push([...codes]);
      return new Map(codes.filter((code) => code !== 'x').map((code) => [code, code.toUpperCase()]));
    });
    const [first, second] = await Promise.all([names(['a', 'x', 'a']), names(['a', 'b'])]);
    expect([...first]).toEqual([['a', 'A']]);
    expect([...second]).toEqual([
      ['a', 'A'],
      ['b', 'B'],
    ]);
    expect((await names(['x', 'b'])).get('x')).toBeUndefined();
    expect(asked).toEqual([['a', 'x'], ['b']]);
  });
});
